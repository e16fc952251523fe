use std::time::Duration;

use reqwest::{header, Client, Url};
use serde::Deserialize;
use serde_json::json;
use tracing::warn;

pub struct ToxicityScorer {
    http: Client,
    endpoint: Url,
}

#[derive(Debug, Deserialize)]
struct Label {
    label: String,
    score: f32,
}

impl ToxicityScorer {
    pub fn new(endpoint: Url, token: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let mut authorization = header::HeaderValue::from_str(&format!("Bearer {token}"))?;
        authorization.set_sensitive(true);
        let mut headers = header::HeaderMap::new();
        headers.insert(header::AUTHORIZATION, authorization);
        let http = Client::builder()
            .default_headers(headers)
            .user_agent("deskly-moderation")
            .build()?;
        Ok(Self { http, endpoint })
    }

    pub async fn score(&self, text: &str) -> f32 {
        loop {
            match self.try_score(text).await {
                Ok(score) => return score,
                Err(error) => warn!(%error, "toxicity score not available, again"),
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    async fn try_score(&self, text: &str) -> Result<f32, reqwest::Error> {
        let labels: Vec<Vec<Label>> = self
            .http
            .post(self.endpoint.clone())
            .json(&json!({ "inputs": text }))
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        Ok(labels
            .into_iter()
            .flatten()
            .find(|label| label.label == "toxic")
            .map_or(0.0, |label| label.score))
    }
}
