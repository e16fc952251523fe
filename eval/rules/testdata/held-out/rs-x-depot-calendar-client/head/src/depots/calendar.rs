use anyhow::{Context, Result};
use reqwest::{Client, Url};
use serde::Deserialize;
use time::Date;

use crate::http_client;

#[derive(Debug, Deserialize)]
pub struct OpeningDay {
    pub date: Date,
    pub opens: Option<String>,
    pub closes: Option<String>,
}

pub struct DepotCalendar {
    http: Client,
    base: Url,
}

impl DepotCalendar {
    pub fn new(base: Url) -> Result<Self> {
        Ok(Self { http: http_client::shared().context("http client")?, base })
    }

    pub async fn days(&self, depot: u32, from: Date, until: Date) -> Result<Vec<OpeningDay>> {
        let url = self.base.join(&format!("v1/depots/{depot}/days"))?;
        self.http
            .get(url)
            .query(&[("from", from.to_string()), ("until", until.to_string())])
            .send()
            .await?
            .error_for_status()?
            .json()
            .await
            .context("calendar not readable")
    }
}
