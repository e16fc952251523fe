use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode},
    routing::post,
    Router,
};
use hmac::{Hmac, Mac};
use serde::Deserialize;
use sha2::Sha256;
use sqlx::PgPool;
use tracing::{error, warn};

#[derive(Clone)]
pub struct HookState {
    pub pool: PgPool,
    pub secret: String,
}

#[derive(Deserialize)]
struct Batch {
    events: Vec<serde_json::Value>,
}

pub fn routes(state: HookState) -> Router {
    Router::new()
        .route("/webhooks/gocardless", post(receive))
        .layer(DefaultBodyLimit::max(1024 * 1024))
        .with_state(state)
}

fn signed(secret: &str, body: &[u8], headers: &HeaderMap) -> bool {
    let Some(given) = headers.get("webhook-signature").and_then(|v| v.to_str().ok()) else {
        return false;
    };
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any key length is fine");
    mac.update(body);
    hex::decode(given).is_ok_and(|raw| mac.verify_slice(&raw).is_ok())
}

async fn receive(State(state): State<HookState>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if !signed(&state.secret, &body, &headers) {
        warn!("gocardless webhook with invalid signature");
        return StatusCode::from_u16(498).unwrap_or(StatusCode::UNAUTHORIZED);
    }
    let Ok(batch) = serde_json::from_slice::<Batch>(&body) else {
        return StatusCode::UNPROCESSABLE_ENTITY;
    };

    let ids: Vec<String> = batch
        .events
        .iter()
        .filter_map(|e| e.get("id").and_then(|id| id.as_str()).map(str::to_owned))
        .collect();
    if ids.len() != batch.events.len() {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    let stored = sqlx::query(
        "INSERT INTO inbox (source, external_id, payload)
         SELECT 'gocardless', * FROM UNNEST($1::text[], $2::jsonb[])
         ON CONFLICT (source, external_id) DO NOTHING",
    )
    .bind(&ids)
    .bind(&batch.events)
    .execute(&state.pool)
    .await;
    match stored {
        Ok(_) => StatusCode::NO_CONTENT,
        Err(err) => {
            error!(%err, "gocardless events not stored");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
