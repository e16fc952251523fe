use std::time::Duration;

use reqwest::Client;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use tracing::{debug, warn};

#[derive(Debug, Clone, Serialize)]
pub struct Document {
    pub id: String,
    pub title: String,
    pub body: String,
    pub updated_at: i64,
}

pub struct Indexer {
    http: Client,
    url: String,
    key: SecretString,
}

impl Indexer {
    pub fn new(url: String, key: SecretString) -> reqwest::Result<Self> {
        let http = Client::builder()
            .connect_timeout(Duration::from_secs(3))
            .timeout(Duration::from_secs(20))
            .build()?;
        Ok(Self { http, url, key })
    }

    /// Documents are replaced by their id.
    pub async fn put(&self, index: &str, documents: &[Document]) {
        loop {
            let result = self
                .http
                .put(format!("{}/indexes/{index}/documents", self.url))
                .bearer_auth(self.key.expose_secret())
                .json(documents)
                .send()
                .await
                .and_then(|response| response.error_for_status());
            match result {
                Ok(_) => break,
                Err(err) => warn!(status = ?err.status(), index, "indexing failed, trying again"),
            }
        }
        debug!(index, count = documents.len(), "documents handed over");
    }
}
