use anyhow::{bail, Context, Result};
use reqwest::{Client, StatusCode, Url};
use serde::{Deserialize, Serialize};
use time::Date;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PickupRequest<'a> {
    account: &'a str,
    postal_code: &'a str,
    date: Date,
    parcels: u16,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PickupSlot {
    pub slot_id: String,
    pub from: String,
    pub until: String,
}

pub struct PickupClient {
    http: Client,
    base: Url,
    account: String,
    token: String,
}

impl PickupClient {
    pub fn new(base: Url, account: String, token: String) -> Self {
        Self { http: Client::new(), base, account, token }
    }

    pub async fn slots(&self, postal_code: &str, date: Date, parcels: u16) -> Result<Vec<PickupSlot>> {
        let url = self.base.join("v1/pickup-slots/search")?;
        let response = self
            .http
            .post(url)
            .bearer_auth(&self.token)
            .json(&PickupRequest { account: &self.account, postal_code, date, parcels })
            .send()
            .await
            .context("pickup slots: no answer")?;
        match response.status() {
            StatusCode::OK => response.json().await.context("pickup slots: unreadable answer"),
            StatusCode::NOT_FOUND => Ok(Vec::new()),
            other => bail!("pickup slots: HTTP {other}"),
        }
    }
}
