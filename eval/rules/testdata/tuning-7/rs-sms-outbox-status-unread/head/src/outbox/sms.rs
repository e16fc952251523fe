use std::time::Duration;

use reqwest::Client;
use sqlx::PgPool;
use tracing::{info, warn};
use uuid::Uuid;

use crate::config::VonageSettings;

#[derive(Debug, sqlx::FromRow)]
struct PendingSms {
    id: Uuid,
    recipient: String,
    body: String,
}

pub fn http_client() -> reqwest::Result<Client> {
    Client::builder().timeout(Duration::from_secs(15)).build()
}

/// Takes one pending message; the row stays locked until the transaction ends.
pub async fn send_next(pool: &PgPool, http: &Client, settings: &VonageSettings) -> anyhow::Result<bool> {
    let mut tx = pool.begin().await?;
    let Some(sms) = sqlx::query_as::<_, PendingSms>(
        "select id, recipient, body from sms_outbox
         where sent_at is null and not_before <= now()
         order by created_at limit 1 for update skip locked",
    )
    .fetch_optional(&mut *tx)
    .await?
    else {
        return Ok(false);
    };

    let sent = http
        .post("https://api.nexmo.com/v1/messages")
        .bearer_auth(settings.jwt())
        .json(&serde_json::json!({
            "channel": "sms", "message_type": "text",
            "from": settings.sender, "to": sms.recipient,
            "text": sms.body, "client_ref": sms.id,
        }))
        .send()
        .await;

    if let Err(err) = sent {
        warn!(id = %sms.id, timeout = err.is_timeout(), "sms not sent, postponed");
        sqlx::query("update sms_outbox set not_before = now() + interval '2 minutes' where id = $1")
            .bind(sms.id)
            .execute(&mut *tx)
            .await?;
    } else {
        sqlx::query("update sms_outbox set sent_at = now() where id = $1")
            .bind(sms.id)
            .execute(&mut *tx)
            .await?;
        info!(id = %sms.id, "sms sent");
    }
    tx.commit().await?;
    Ok(true)
}
