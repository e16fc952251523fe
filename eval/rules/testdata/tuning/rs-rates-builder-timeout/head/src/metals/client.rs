use std::collections::HashMap;
use std::time::Duration;

use anyhow::{bail, Context, Result};
use reqwest::{Client, StatusCode, Url};
use rust_decimal::Decimal;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct Quotes {
    pub base: String,
    pub rates: HashMap<String, Decimal>,
}

#[derive(Clone)]
pub struct MetalsClient {
    http: Client,
    base: Url,
    token: String,
}

impl MetalsClient {
    pub fn new(base: Url, token: String) -> Result<Self> {
        let http = Client::builder()
            .connect_timeout(Duration::from_secs(2))
            .timeout(Duration::from_secs(8))
            .build()
            .context("http client")?;
        Ok(Self { http, base, token })
    }

    pub async fn latest(&self, base: &str, symbols: &[&str]) -> Result<Quotes> {
        let mut url = self.base.join("v1/metals/latest").context("metals url")?;
        url.query_pairs_mut()
            .append_pair("base", base)
            .append_pair("symbols", &symbols.join(","));

        let response = self
            .http
            .get(url)
            .bearer_auth(&self.token)
            .send()
            .await
            .context("metals request")?;

        match response.status() {
            StatusCode::OK => response.json::<Quotes>().await.context("metals body"),
            StatusCode::NOT_FOUND => bail!("no rates for {base}"),
            other => bail!("metals service answered {other}"),

        }
    }
}
