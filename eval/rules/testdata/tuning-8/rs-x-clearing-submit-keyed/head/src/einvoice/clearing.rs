use std::time::Duration;

use anyhow::{Context, Result};
use backon::{ExponentialBuilder, Retryable};
use reqwest::{Client, StatusCode};
use serde::Deserialize;
use uuid::Uuid;

#[derive(Debug, Deserialize)]
pub struct Clearing {
    pub id: String,
    pub hash: String,
}

/// An invoice as it waits in our outbox; `key` was made when it was put there.
pub struct OutboxInvoice {
    pub key: Uuid,
    pub number: String,
    pub xml: String,
}

pub struct ClearingClient {
    http: Client,
    url: String,
    token: String,
}

impl ClearingClient {
    pub fn new(url: String, token: String) -> Result<Self> {
        let http = Client::builder()
            .connect_timeout(Duration::from_secs(3))
            .timeout(Duration::from_secs(20))
            .build()?;
        Ok(Self { http, url, token })
    }

    pub async fn submit(&self, invoice: &OutboxInvoice) -> Result<Clearing> {
        (|| self.attempt(invoice))
            .retry(ExponentialBuilder::default().with_min_delay(Duration::from_secs(1)).with_max_times(3).with_jitter())
            .when(may_pass)
            .await
            .with_context(|| format!("clearing of invoice {}", invoice.number))
    }

    async fn attempt(&self, invoice: &OutboxInvoice) -> Result<Clearing, reqwest::Error> {
        self.http
            .post(format!("{}/v1/invoices", self.url))
            .bearer_auth(&self.token)
            .header("Idempotency-Key", invoice.key.to_string())
            .header("Content-Type", "application/xml")
            .body(invoice.xml.clone())
            .send()
            .await?
            .error_for_status()?
            .json()
            .await
    }
}

fn may_pass(error: &reqwest::Error) -> bool {
    match error.status() {
        Some(status) => status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED,
        None => error.is_timeout() || error.is_connect(),
    }
}
