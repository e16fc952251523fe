use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use hmac::{Hmac, Mac};
use serde::Deserialize;
use sha2::Sha256;
use tracing::{error, warn};

use crate::AppState;

#[derive(Debug, Deserialize)]
struct Hook {
    event: String,
    payload: Invitee,
}

#[derive(Debug, Deserialize)]
struct Invitee {
    uri: String,
    status: String,
}

/// Header: `t=1492774577,v1=5257a869…`
fn is_signed(secret: &[u8], header: &str, body: &[u8]) -> bool {
    let mut sent = None;
    let mut tag = None;
    for part in header.split(',') {
        match part.trim().split_once('=') {
            Some(("t", value)) => sent = Some(value),
            Some(("v1", value)) => tag = hex::decode(value).ok(),
            _ => {}
        }
    }
    let (Some(sent), Some(tag)) = (sent, tag) else { return false };
    Hmac::<Sha256>::new_from_slice(secret)
        .map(|mac| mac.chain_update(sent).chain_update(b".").chain_update(body))
        .is_ok_and(|mac| mac.verify_slice(&tag).is_ok())
}

pub async fn receive(State(app): State<AppState>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers.get("calendly-webhook-signature").and_then(|v| v.to_str().ok());
    if !signature.is_some_and(|header| is_signed(app.config.calendly_key.as_bytes(), header, &body)) {
        return StatusCode::UNAUTHORIZED;
    }
    let hook: Hook = match serde_json::from_slice(&body) {
        Ok(hook) => hook,
        Err(err) => {
            warn!(%err, "unreadable calendly hook");
            return StatusCode::UNPROCESSABLE_ENTITY;
        }
    };
    // upsert by the URI of the invitee
    match app.appointments.set_status(&hook.payload.uri, &hook.payload.status).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(err) => {
            error!(%err, event = %hook.event, "appointment not stored");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
