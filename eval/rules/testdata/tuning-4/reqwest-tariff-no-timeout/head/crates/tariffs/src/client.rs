use chrono::{DateTime, Utc};
use reqwest::{Client, StatusCode};
use rust_decimal::Decimal;
use serde::Deserialize;
use thiserror::Error;
use tracing::{instrument, warn};
use url::Url;

#[derive(Debug, Error)]
pub enum TariffError {
    #[error("tariff service is not reachable")]
    Transport(#[from] reqwest::Error),
    #[error("zone {0} is unknown")]
    UnknownZone(String),
    #[error("tariff service answered {0}")]
    Status(StatusCode),
}

#[derive(Debug, Clone, Deserialize)]
pub struct Slot {
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub price_per_kwh: Decimal,
    pub currency: String,
}

pub struct TariffClient {
    http: Client,
    base: Url,
    token: String,
}

impl TariffClient {
    pub fn new(base: Url, token: String) -> Self {
        Self {
            http: Client::new(),
            base,
            token,
        }
    }

    #[instrument(skip(self))]
    pub async fn slots(&self, zone: &str) -> Result<Vec<Slot>, TariffError> {
        let mut url = self.base.clone();
        url.path_segments_mut()
            .expect("base url can have a path")
            .extend(["v1", "zones", zone, "slots"]);

        let response = self.http.get(url).bearer_auth(&self.token).send().await?;
        match response.status() {
            StatusCode::OK => Ok(response.json().await?),
            StatusCode::NOT_FOUND => Err(TariffError::UnknownZone(zone.to_owned())),
            status => {
                warn!(%status, "tariff request failed");
                Err(TariffError::Status(status))
            }
        }
    }
}
