use std::time::Duration;

use anyhow::Result;
use reqwest::Client;
use serde::Deserialize;
use tracing::warn;

#[derive(Debug, Deserialize)]
pub struct Clearance {
    pub id: String,
    pub hash: String,
}

pub struct ClearanceClient {
    http: Client,
    url: String,
    token: String,
}

impl ClearanceClient {
    pub fn new(url: String, token: String) -> Result<Self> {
        let http = Client::builder()
            .connect_timeout(Duration::from_secs(3))
            .timeout(Duration::from_secs(25))
            .build()?;
        Ok(Self { http, url, token })
    }

    pub async fn submit(&self, number: &str, xml: &str) -> Clearance {
        loop {
            match self.try_submit(xml).await {
                Ok(clearance) => return clearance,
                Err(error) => warn!(invoice = number, %error, "clearance failed, submitting again"),
            }
        }
    }

    async fn try_submit(&self, xml: &str) -> Result<Clearance, reqwest::Error> {
        self.http
            .post(format!("{}/v1/invoices", self.url))
            .bearer_auth(&self.token)
            .header("Content-Type", "application/xml")
            .body(xml.to_owned())
            .send()
            .await?
            .error_for_status()?
            .json()
            .await
    }
}
