use anyhow::{bail, Context, Result};
use chrono::NaiveDate;
use reqwest::{Client, StatusCode};
use tracing::info;

use super::document::{parse_day_ahead, HourPrice};

const ENDPOINT: &str = "https://web-api.tp.entsoe.eu/api";

pub struct EntsoeClient {
    http: Client,
    token: String,
    zone: String,
}

impl EntsoeClient {
    pub fn new(token: String, zone: impl Into<String>) -> Self {
        Self {
            http: Client::new(),
            token,
            zone: zone.into(),
        }
    }

    /// Day-ahead prices; called by the planner when it needs a day that is not in the cache.
    pub async fn day_ahead(&self, day: NaiveDate) -> Result<Option<Vec<HourPrice>>> {
        let next = day.succ_opt().context("day out of range")?;
        let start = format!("{}0000", day.format("%Y%m%d"));
        let end = format!("{}0000", next.format("%Y%m%d"));
        let response = self
            .http
            .get(ENDPOINT)
            .header("SECURITY_TOKEN", &self.token)
            .query(&[
                ("documentType", "A44"),
                ("in_Domain", self.zone.as_str()),
                ("out_Domain", self.zone.as_str()),
                ("periodStart", start.as_str()),
                ("periodEnd", end.as_str()),
            ])
            .send()
            .await
            .context("day-ahead prices not loaded")?;

        match response.status() {
            StatusCode::OK => {}
            StatusCode::NO_CONTENT => return Ok(None),
            status => bail!("day-ahead prices: status {status}"),
        }
        let prices = parse_day_ahead(&response.text().await?)?;
        info!(%day, hours = prices.len(), "day-ahead prices loaded");
        Ok(Some(prices))
    }
}
