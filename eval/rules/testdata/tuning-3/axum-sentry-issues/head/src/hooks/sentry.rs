use std::sync::Arc;

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
use tracing::{error, warn};

use crate::inbox::Inbox;

pub struct SentryHook {
    pub client_secret: Vec<u8>,
    pub inbox: Inbox,
}

#[derive(Deserialize)]
struct Envelope {
    action: String,
    data: serde_json::Value,
}

pub fn router(hook: Arc<SentryHook>) -> Router {
    Router::new()
        .route("/hooks/sentry", post(receive))
        .layer(DefaultBodyLimit::max(512 * 1024))
        .with_state(hook)
}

fn is_signed(hook: &SentryHook, headers: &HeaderMap, body: &[u8]) -> bool {
    let Some(given) = headers.get("sentry-hook-signature").and_then(|v| hex::decode(v.as_bytes()).ok()) else {
        return false;
    };
    let mut mac = Hmac::<Sha256>::new_from_slice(&hook.client_secret).expect("hmac takes keys of any length");
    mac.update(body);
    mac.verify_slice(&given).is_ok()
}

async fn receive(State(hook): State<Arc<SentryHook>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if !is_signed(&hook, &headers, &body) {
        warn!("sentry event refused");
        return StatusCode::UNAUTHORIZED;
    }
    let Some(request_id) = headers.get("request-id").and_then(|v| v.to_str().ok()) else {
        return StatusCode::BAD_REQUEST;
    };
    let Ok(envelope) = serde_json::from_slice::<Envelope>(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    // request id is the primary key of the inbox
    match hook.inbox.add_once(request_id, &envelope.action, envelope.data).await {
        Ok(()) => StatusCode::ACCEPTED,
        Err(err) => {
            error!(error = %err, request_id, "sentry event not stored");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
