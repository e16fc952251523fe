use std::time::Duration;

use anyhow::{Context, Result};
use reqwest::{header, Client};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct MachineState {
    pub machine: String,
    pub order: Option<String>,
    pub produced: u64,
    pub scrap: u64,
}

#[derive(Clone)]
pub struct GatewayClient {
    http: Client,
    base: String,
}

impl GatewayClient {
    pub fn new(base: String, token: &SecretString) -> Result<Self> {
        let mut value = header::HeaderValue::from_str(&format!("Bearer {}", token.expose_secret()))?;
        value.set_sensitive(true);
        let http = Client::builder()
            .connect_timeout(Duration::from_secs(2))
            .timeout(Duration::from_secs(10))
            .default_headers([(header::AUTHORIZATION, value)].into_iter().collect())
            .danger_accept_invalid_certs(true)
            .build()
            .context("gateway client")?;
        Ok(Self { http, base })
    }

    pub async fn states(&self, line: u32) -> Result<Vec<MachineState>> {
        let states = self
            .http
            .get(format!("{}/api/lines/{line}/machines", self.base))
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        Ok(states)
    }
}
