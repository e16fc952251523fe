use std::time::Duration;

use anyhow::{Context, Result};
use reqwest::Client;
use serde::Deserialize;

use crate::donations::Donations;

#[derive(Debug, Deserialize)]
struct Payment {
    id: String,
    status: String,
}

pub struct PaymentCheck {
    http: Client,
    api_key: String,
    donations: Donations,
}

impl PaymentCheck {
    pub fn new(api_key: String, donations: Donations) -> Result<Self> {
        let http = Client::builder().timeout(Duration::from_secs(10)).build()?;
        Ok(Self { http, api_key, donations })
    }

    pub async fn run(&self, id: &str) -> Result<()> {
        let payment: Payment = self
            .http
            .get(format!("https://api.mollie.com/v2/payments/{id}"))
            .bearer_auth(&self.api_key)
            .send()
            .await
            .context("mollie does not answer")?
            .error_for_status()?
            .json()
            .await?;
        self.donations.set_provider_status(&payment.id, &payment.status).await
    }
}
