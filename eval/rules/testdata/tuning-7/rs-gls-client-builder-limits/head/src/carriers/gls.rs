use reqwest::Client;
use serde::Deserialize;

use crate::carriers::http::carrier_client;
use crate::carriers::CarrierError;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tracking {
    pub parcel_number: String,
    pub status: String,
}

pub struct GlsClient {
    http: Client,
    base_url: String,
}

impl GlsClient {
    pub fn new(base_url: String) -> Result<Self, CarrierError> {
        Ok(Self { http: carrier_client("gls")?, base_url })
    }

    pub async fn tracking(&self, parcel: u64, token: &str) -> Result<Tracking, CarrierError> {
        let response = self
            .http
            .get(format!("{}/tracking/v1/parcels/{parcel}", self.base_url))
            .bearer_auth(token)
            .send()
            .await?
            .error_for_status()?;
        Ok(response.json().await?)
    }
}
