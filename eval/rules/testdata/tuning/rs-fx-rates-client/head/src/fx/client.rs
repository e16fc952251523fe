use std::collections::HashMap;

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
pub struct FxClient {
    http: Client,
    base: Url,
    token: String,
}

impl FxClient {
    pub fn new(base: Url, token: String) -> Self {
        Self {
            http: Client::new(),
            base,
            token,
        }
    }

    pub async fn latest(&self, base: &str, symbols: &[&str]) -> Result<Quotes> {
        let mut url = self.base.join("v1/latest").context("fx url")?;
        url.query_pairs_mut()
            .append_pair("base", base)
            .append_pair("symbols", &symbols.join(","));

        let response = self
            .http
            .get(url)
            .bearer_auth(&self.token)
            .send()
            .await
            .context("fx request")?;

        match response.status() {
            StatusCode::OK => response.json::<Quotes>().await.context("fx body"),
            StatusCode::NOT_FOUND => bail!("no rates for {base}"),
            other => bail!("fx service answered {other}"),
        }
    }
}
