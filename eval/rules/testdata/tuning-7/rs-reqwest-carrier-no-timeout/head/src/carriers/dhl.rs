use reqwest::{Client, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tracing::warn;

use crate::carriers::CarrierError;

#[derive(Debug, Serialize)]
pub struct ShipmentRequest {
    pub reference: String,
    pub product: String,
    pub weight_grams: u32,
    pub postcode: String,
    pub country: String,
}

#[derive(Debug, Deserialize)]
pub struct Label {
    #[serde(rename = "shipmentNo")]
    pub shipment_no: String,
    #[serde(rename = "labelUrl")]
    pub label_url: String,
}

pub struct DhlClient {
    http: Client,
    base_url: String,
    api_key: SecretString,
}

impl DhlClient {
    pub fn new(base_url: impl Into<String>, api_key: SecretString) -> Self {
        Self {
            http: Client::new(),
            base_url: base_url.into(),
            api_key,
        }
    }

    /// The carrier treats a repeated reference as the same shipment.
    pub async fn create_label(&self, shipment: &ShipmentRequest) -> Result<Label, CarrierError> {
        let response = self
            .http
            .post(format!("{}/shipping/v2/orders", self.base_url))
            .header("dhl-api-key", self.api_key.expose_secret())
            .json(shipment)
            .send()
            .await?;

        match response.status() {
            status if status.is_success() => Ok(response.json().await?),
            StatusCode::UNPROCESSABLE_ENTITY => Err(CarrierError::Rejected(shipment.reference.clone())),
            status => {
                warn!(%status, reference = %shipment.reference, "dhl did not create a label");
                Err(CarrierError::Status(status.as_u16()))
            }
        }
    }
}
