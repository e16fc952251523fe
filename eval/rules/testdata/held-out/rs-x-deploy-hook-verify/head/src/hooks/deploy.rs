use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use sqlx::PgPool;
use std::sync::Arc;
use tracing::{error, info};

#[derive(Clone)]
pub struct HookState {
    pub pool: PgPool,
    pub secret: Arc<str>,
}

pub async fn receive(State(state): State<HookState>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if !authentic(state.secret.as_bytes(), &headers, &body) {
        return StatusCode::UNAUTHORIZED;
    }
    let Some(delivery) = text(&headers, "x-github-delivery") else {
        return StatusCode::BAD_REQUEST;
    };
    if text(&headers, "x-github-event") != Some("deployment_status") {
        return StatusCode::NO_CONTENT;
    }
    let stored = sqlx::query("INSERT INTO hook_inbox (delivery, body) VALUES ($1, $2) ON CONFLICT (delivery) DO NOTHING")
        .bind(delivery)
        .bind(body.as_ref())
        .execute(&state.pool)
        .await;
    match stored {
        Ok(result) => {
            info!(delivery, new = result.rows_affected() == 1, "deployment status received");
            StatusCode::ACCEPTED
        }
        Err(e) => {
            error!(delivery, error = %e, "hook not stored");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

fn authentic(secret: &[u8], headers: &HeaderMap, body: &[u8]) -> bool {
    text(headers, "x-hub-signature-256")
        .and_then(|value| value.strip_prefix("sha256="))
        .and_then(|value| hex::decode(value).ok())
        .is_some_and(|signature| {
            let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("any key length");
            mac.update(body);
            mac.verify_slice(&signature).is_ok()
        })
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
