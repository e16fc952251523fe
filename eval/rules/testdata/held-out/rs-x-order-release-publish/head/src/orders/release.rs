use anyhow::{ensure, Context, Result};
use async_nats::jetstream::{self, context::Publish};
use serde::Serialize;
use sqlx::PgPool;
use uuid::Uuid;

#[derive(Serialize)]
struct OrderReleased<'a> {
    event_id: Uuid,
    order_id: i64,
    warehouse: &'a str,
}

pub struct ReleaseService {
    pool: PgPool,
    stream: jetstream::Context,
}

impl ReleaseService {
    pub fn new(pool: PgPool, stream: jetstream::Context) -> Self {
        Self { pool, stream }
    }

    pub async fn release(&self, order_id: i64, warehouse: &str) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        let updated = sqlx::query("UPDATE orders SET state = 'released', warehouse = $2 WHERE id = $1 AND state = 'paid'")
            .bind(order_id)
            .bind(warehouse)
            .execute(&mut *tx)
            .await?
            .rows_affected();
        ensure!(updated == 1, "order {order_id} cannot be released");

        let event = OrderReleased { event_id: Uuid::now_v7(), order_id, warehouse };
        let publish = Publish::build()
            .message_id(event.event_id.to_string())
            .payload(serde_json::to_vec(&event)?.into());
        self.stream
            .send_publish("orders.released", publish)
            .await?
            .await
            .context("release event not stored")?;

        sqlx::query("INSERT INTO order_history (order_id, entry) VALUES ($1, 'released')")
            .bind(order_id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
