use std::time::Duration;

use anyhow::{Context, Result};
use reqwest::{header, Client};
use serde::Deserialize;
use tracing::info;

#[derive(Debug, Deserialize)]
pub struct OktaUser {
    pub id: String,
    pub status: String,
    pub profile: OktaProfile,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OktaProfile {
    pub login: String,
    pub employee_number: Option<String>,
}

pub struct OktaDirectory {
    http: Client,
    domain: String,
    token: String,
}

impl OktaDirectory {
    pub fn new(domain: String, token: String) -> Result<Self> {
        let http = Client::builder().timeout(Duration::from_secs(30)).build()?;
        Ok(Self { http, domain, token })
    }

    /// All users that have an account in the organisation.
    pub async fn users(&self) -> Result<Vec<OktaUser>> {
        let users: Vec<OktaUser> = self
            .http
            .get(format!("https://{}/api/v1/users", self.domain))
            .query(&[("limit", "200")])
            .header(header::AUTHORIZATION, format!("SSWS {}", self.token))
            .send()
            .await
            .context("okta users")?
            .error_for_status()?
            .json()
            .await?;
        info!(count = users.len(), "users read from okta");
        Ok(users)
    }
}
