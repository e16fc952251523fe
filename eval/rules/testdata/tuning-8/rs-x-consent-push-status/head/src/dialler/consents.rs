use std::time::Duration;

use anyhow::{Context, Result};
use reqwest::Client;
use serde::Serialize;
use sqlx::PgPool;
use tracing::info;
use uuid::Uuid;

#[derive(Debug, Serialize, sqlx::FromRow)]
struct Consent {
    id: Uuid,
    phone: String,
    allowed: bool,
}

pub struct ConsentPush {
    http: Client,
    url: String,
    token: String,
    pool: PgPool,
}

impl ConsentPush {
    pub fn new(url: String, token: String, pool: PgPool) -> Result<Self> {
        let http = Client::builder().timeout(Duration::from_secs(12)).build()?;
        Ok(Self { http, url, token, pool })
    }

    pub async fn run(&self) -> Result<()> {
        let pending: Vec<Consent> =
            sqlx::query_as("SELECT id, phone, allowed FROM consent WHERE delivered_at IS NULL ORDER BY changed_at LIMIT 200")
                .fetch_all(&self.pool)
                .await?;
        for consent in &pending {
            self.http
                .put(format!("{}/v2/consents/{}", self.url, consent.id))
                .bearer_auth(&self.token)
                .json(consent)
                .send()
                .await
                .with_context(|| format!("consent {}", consent.id))?;
            sqlx::query("UPDATE consent SET delivered_at = now() WHERE id = $1")
                .bind(consent.id)
                .execute(&self.pool)
                .await?;
        }
        info!(count = pending.len(), "consents delivered");
        Ok(())
    }
}
