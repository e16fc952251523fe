use std::time::Duration;

use anyhow::{Context, Result};
use reqwest::Client;
use serde::{Deserialize, Serialize};
use tracing::info;

#[derive(Debug, Clone, Serialize)]
pub struct BrokerLogin {
    pub member: String,
    pub user: String,
    pub password: String,
}

#[derive(Debug, Deserialize)]
struct SessionAnswer {
    token: String,
    expires_in: u64,
}

pub struct Session {
    pub token: String,
    pub lifetime: Duration,
}

pub async fn open(base: &str, login: &BrokerLogin) -> Result<Session> {
    let http = Client::builder().timeout(Duration::from_secs(10)).build()?;
    info!(?login, base, "opening broker session");

    let answer: SessionAnswer = http
        .post(format!("{base}/auth/sessions"))
        .json(login)
        .send()
        .await
        .context("broker does not answer")?
        .error_for_status()
        .context("broker refused the login")?
        .json()
        .await
        .context("broker session not readable")?;

    info!(token = %answer.token, expires_in = answer.expires_in, "broker session open");
    Ok(Session { token: answer.token, lifetime: Duration::from_secs(answer.expires_in) })
}
