use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
use reqwest_retry::policies::ExponentialBackoff;
use reqwest_retry::{Jitter, RetryTransientMiddleware};
use serde::Deserialize;

const MAX_ANSWER: u64 = 512 * 1024;

#[derive(Debug, thiserror::Error)]
pub enum ForecastError {
    #[error("forecast service answered {0}")]
    Status(reqwest::StatusCode),
    #[error("forecast answer is too long")]
    TooLong,
    #[error("forecast service cannot be reached")]
    Transport(#[from] reqwest_middleware::Error),
    #[error("forecast answer is unreadable")]
    Body(#[from] reqwest::Error),
}

#[derive(Debug, Deserialize)]
pub struct Forecast {
    pub station: String,
    pub hours: Vec<Hour>,
}

#[derive(Debug, Deserialize)]
pub struct Hour {
    pub at: i64,
    pub wind_ms: f32,
    pub temperature_c: f32,
}

pub struct ForecastClient {
    base: reqwest::Url,
    http: ClientWithMiddleware,
}

impl ForecastClient {
    pub fn new(base: reqwest::Url, mut key: HeaderValue) -> Result<Self, reqwest::Error> {
        key.set_sensitive(true);
        let client = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(2))
            .timeout(Duration::from_secs(8))
            .default_headers(HeaderMap::from_iter([("x-api-key".parse().expect("constant name"), key)]))
            .build()?;
        // transient are 5xx, 408, 429 and connection errors, nothing else is repeated
        let policy = ExponentialBackoff::builder()
            .retry_bounds(Duration::from_millis(300), Duration::from_secs(10))
            .jitter(Jitter::Bounded)
            .build_with_max_retries(3);
        let http = ClientBuilder::new(client)
            .with(RetryTransientMiddleware::new_with_policy(policy))
            .build();
        Ok(Self { base, http })
    }

    pub async fn station(&self, id: u32) -> Result<Forecast, ForecastError> {
        let mut url = self.base.clone();
        url.set_path(&format!("/v3/stations/{id}/forecast"));
        let response = self.http.get(url).send().await?;
        if !response.status().is_success() {
            return Err(ForecastError::Status(response.status()));
        }
        if response.content_length().is_some_and(|n| n > MAX_ANSWER) {
            return Err(ForecastError::TooLong);
        }
        Ok(response.json().await?)
    }
}
