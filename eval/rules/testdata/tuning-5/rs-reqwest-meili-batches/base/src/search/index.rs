use std::time::Duration;

use reqwest::Client;
use serde::Serialize;
use tracing::info;

#[derive(Debug, Serialize)]
pub struct Document {
    pub id: i64,
    pub title: String,
    pub body: String,
}

pub struct SearchIndex {
    http: Client,
    base: String,
    key: String,
}

impl SearchIndex {
    pub fn new(base: String, key: String) -> reqwest::Result<Self> {
        let http = Client::builder()
            .timeout(Duration::from_secs(10))
            .connect_timeout(Duration::from_secs(2))
            .build()?;
        Ok(Self { http, base, key })
    }

    /// Adds or replaces documents, returns how many were handed over.
    pub async fn put(&self, docs: &[Document]) -> reqwest::Result<usize> {
        self.http
            .put(format!("{}/indexes/articles/documents", self.base))
            .bearer_auth(&self.key)
            .json(docs)
            .send()
            .await?
            .error_for_status()?;
        info!(count = docs.len(), "documents handed to the index");
        Ok(docs.len())
    }
}
