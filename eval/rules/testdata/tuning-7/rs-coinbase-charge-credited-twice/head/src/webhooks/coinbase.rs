use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use hmac::{Hmac, Mac};
use rust_decimal::Decimal;
use serde::Deserialize;
use sha2::Sha256;
use tracing::{error, info};
use uuid::Uuid;

use crate::AppState;

#[derive(Deserialize)]
struct Envelope {
    event: Event,
}

#[derive(Deserialize)]
struct Event {
    id: Uuid,
    #[serde(rename = "type")]
    kind: String,
    data: Charge,
}

#[derive(Deserialize)]
struct Charge {
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Metadata {
    account_id: Uuid,
    credits: Decimal,
}

fn verified(secret: &[u8], body: &[u8], headers: &HeaderMap) -> bool {
    let signature = headers.get("x-cc-webhook-signature").and_then(|v| hex::decode(v.as_bytes()).ok());
    match (signature, Hmac::<Sha256>::new_from_slice(secret)) {
        (Some(signature), Ok(mac)) => mac.chain_update(body).verify_slice(&signature).is_ok(),
        _ => false,
    }
}

pub async fn receive(State(app): State<AppState>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if !verified(app.config.coinbase_secret.as_bytes(), &body, &headers) {
        return StatusCode::UNAUTHORIZED;
    }
    let Ok(Envelope { event }) = serde_json::from_slice(&body) else {
        return StatusCode::UNPROCESSABLE_ENTITY;
    };
    if event.kind != "charge:confirmed" {
        return StatusCode::OK;
    }
    let Metadata { account_id, credits } = event.data.metadata;
    let updated = sqlx::query("update accounts set credits = credits + $2 where id = $1")
        .bind(account_id)
        .bind(credits)
        .execute(&app.pool)
        .await;
    match updated {
        Ok(done) if done.rows_affected() == 1 => {
            info!(event = %event.id, account = %account_id, "credits added");
            StatusCode::OK
        }
        Ok(_) => {
            error!(event = %event.id, account = %account_id, "no such account");
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(err) => {
            error!(%err, event = %event.id, "credits not added");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
