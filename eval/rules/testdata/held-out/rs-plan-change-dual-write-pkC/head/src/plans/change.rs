use chrono::{DateTime, Utc};
use lapin::{options::BasicPublishOptions, BasicProperties, Channel};
use serde::Serialize;
use sqlx::PgPool;
use uuid::Uuid;

use super::PlanError;

#[derive(Serialize)]
struct PlanChanged<'a> {
    line_id: Uuid,
    plan: &'a str,
    changed_at: DateTime<Utc>,
}

pub struct PlanService {
    pool: PgPool,
    channel: Channel,
}

impl PlanService {
    pub fn new(pool: PgPool, channel: Channel) -> Self {
        Self { pool, channel }
    }

    pub async fn change(&self, line_id: Uuid, plan: &str) -> Result<(), PlanError> {
        let changed_at = Utc::now();
        let mut tx = self.pool.begin().await?;
        let updated = sqlx::query("UPDATE line SET plan = $1, plan_changed_at = $2 WHERE id = $3 AND plan <> $1")
            .bind(plan)
            .bind(changed_at)
            .bind(line_id)
            .execute(&mut *tx)
            .await?;
        if updated.rows_affected() == 0 {
            return Err(PlanError::Unchanged);
        }
        tx.commit().await?;

        let payload = serde_json::to_vec(&PlanChanged { line_id, plan, changed_at })?;
        self.channel
            .basic_publish(
                "lines",
                "line.plan_changed",
                BasicPublishOptions::default(),
                &payload,
                BasicProperties::default().with_delivery_mode(2),
            )
            .await?
            .await?;
        Ok(())
    }
}
