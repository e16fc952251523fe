use std::time::Duration;

use anyhow::{ensure, Context, Result};
use reqwest::{Client, Url};
use rust_decimal::Decimal;
use serde::Deserialize;
use tracing::info;

use super::store::PriceStore;

#[derive(Debug, Clone, Deserialize)]
pub struct Price {
    pub sku: String,
    #[serde(with = "rust_decimal::serde::str")]
    pub net: Decimal,

}

pub struct PriceSync<S> {
    http: Client,
    endpoint: Url,
    token: String,
    store: S,
}

impl<S: PriceStore> PriceSync<S> {
    pub fn new(endpoint: Url, token: String, store: S) -> Result<Self> {
        let http = Client::builder()
            .connect_timeout(Duration::from_secs(3))
            .timeout(Duration::from_secs(30))
            .build()?;
        Ok(Self { http, endpoint, token, store })
    }

    /// Replaces the price list of a supplier in one transaction.
    pub async fn run(&self, supplier: &str) -> Result<usize> {
        let prices = self.fetch(supplier).await.with_context(|| format!("prices of {supplier}"))?;
        ensure!(!prices.is_empty(), "supplier {supplier} sent an empty price list");
        self.store.replace_all(supplier, &prices).await?;
        info!(supplier, count = prices.len(), "price list replaced");
        Ok(prices.len())
    }

    async fn fetch(&self, supplier: &str) -> Result<Vec<Price>> {
        let mut url = self.endpoint.clone();
        url.query_pairs_mut().append_pair("supplier", supplier);
        let response = self
            .http
            .get(url)
            .bearer_auth(&self.token)
            .send()
            .await?
            .error_for_status()?;
        Ok(response.json().await?)
    }
}
