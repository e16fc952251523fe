use chrono::Utc;
use serde_json::json;
use sqlx::PgPool;
use tracing::info;
use uuid::Uuid;

use super::SimError;

pub struct SimService {
    pool: PgPool,
}

impl SimService {
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// `outbox_relay` publishes the rows and deletes them after the broker's confirmation.
    pub async fn suspend(&self, iccid: &str, reason: &str) -> Result<(), SimError> {
        let now = Utc::now();
        let mut tx = self.pool.begin().await?;
        let version: Option<i64> = sqlx::query_scalar(
            "UPDATE sim SET state = 'suspended', version = version + 1, changed_at = $2 \
             WHERE iccid = $1 AND state = 'active' RETURNING version",
        )
        .bind(iccid)
        .bind(now)
        .fetch_optional(&mut *tx)
        .await?;
        let Some(version) = version else {
            return Err(SimError::NotActive);
        };
        sqlx::query("INSERT INTO outbox (id, topic, key, payload, created_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(Uuid::now_v7())
            .bind("sim.suspended")
            .bind(iccid)
            .bind(json!({ "iccid": iccid, "reason": reason, "version": version, "at": now }))
            .bind(now)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        info!(iccid, version, "sim suspended");
        Ok(())
    }
}
