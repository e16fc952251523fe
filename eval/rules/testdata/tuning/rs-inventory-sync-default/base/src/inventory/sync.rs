use std::time::Duration;

use anyhow::Result;
use reqwest::{Client, Url};
use serde::Deserialize;
use tracing::info;

use super::store::StockStore;

#[derive(Debug, Clone, Deserialize)]
pub struct Level {
    pub sku: String,
    pub quantity: u32,
}

pub struct InventorySync<S> {
    http: Client,
    endpoint: Url,
    store: S,
}

impl<S: StockStore> InventorySync<S> {
    pub fn new(endpoint: Url, store: S) -> Result<Self> {
        let http = Client::builder()
            .connect_timeout(Duration::from_secs(3))
            .timeout(Duration::from_secs(20))
            .build()?;
        Ok(Self { http, endpoint, store })
    }

    /// Replaces the stored levels of the supplier with the current ones.
    pub async fn run(&self, supplier: &str) -> Result<usize> {
        let levels = self.fetch_levels(supplier).await?;
        self.store.replace_all(supplier, &levels).await?;
        info!(supplier, count = levels.len(), "stock levels replaced");
        Ok(levels.len())
    }

    async fn fetch_levels(&self, supplier: &str) -> Result<Vec<Level>> {
        let mut url = self.endpoint.clone();
        url.query_pairs_mut().append_pair("supplier", supplier);
        let response = self.http.get(url).send().await?.error_for_status()?;
        Ok(response.json().await?)

    }
}
