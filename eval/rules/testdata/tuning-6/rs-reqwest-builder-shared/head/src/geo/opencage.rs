use anyhow::{anyhow, bail, Result};
use reqwest::{Client, StatusCode};
use serde::Deserialize;
use tracing::warn;

#[derive(Deserialize)]
struct Answer {
    results: Vec<Hit>,
}

#[derive(Deserialize)]
struct Hit {
    formatted: String,
    confidence: u8,
}

pub struct OpenCage {
    http: Client,
    key: String,
}

impl OpenCage {
    pub fn new(key: String) -> Result<Self> {
        Ok(Self { http: crate::http::client()?, key })
    }

    /// The address of a position, or None when nothing good was found.
    pub async fn address(&self, lat: f64, lng: f64) -> Result<Option<String>> {
        let response = self
            .http
            .get("https://api.opencagedata.com/geocode/v1/json")
            .query(&[("q", format!("{lat},{lng}")), ("key", self.key.clone()), ("limit", "1".into())])
            .send()
            .await
            .map_err(|err| anyhow!("opencage: {}", err.without_url()))?;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::PAYMENT_REQUIRED | StatusCode::TOO_MANY_REQUESTS => {
                warn!("opencage quota used up");
                bail!("opencage: quota");
            }
            status => bail!("opencage: status {status}"),
        }
        let answer: Answer = response.json().await.map_err(|err| err.without_url())?;
        Ok(answer.results.into_iter().find(|hit| hit.confidence >= 7).map(|hit| hit.formatted))
    }
}
