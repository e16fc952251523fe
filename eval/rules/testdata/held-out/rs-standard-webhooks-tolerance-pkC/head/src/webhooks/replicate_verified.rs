use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use serde::Deserialize;
use svix::webhooks::Webhook;
use tracing::{error, warn};

use crate::AppState;

#[derive(Debug, Deserialize)]
struct Prediction {
    id: String,
    status: String,
}

/// `Webhook::verify` refuses timestamps more than five minutes off.
pub async fn receive(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let webhook = match Webhook::new(&state.config.replicate_webhook_secret) {
        Ok(webhook) => webhook,
        Err(error) => {
            error!(%error, "replicate webhook secret not usable");
            return StatusCode::INTERNAL_SERVER_ERROR;
        }
    };
    if let Err(error) = webhook.verify(&body, &headers) {
        warn!(%error, "replicate webhook refused");
        return StatusCode::UNAUTHORIZED;
    }
    let prediction: Prediction = match serde_json::from_slice(&body) {
        Ok(prediction) => prediction,
        Err(error) => {
            warn!(%error, "prediction not readable");
            return StatusCode::BAD_REQUEST;
        }
    };
    if !matches!(prediction.status.as_str(), "succeeded" | "failed" | "canceled") {
        return StatusCode::OK;
    }
    match state.jobs.enqueue_collect(&prediction.id).await {
        Ok(()) => StatusCode::OK,
        Err(error) => {
            error!(%error, id = %prediction.id, "collection not queued");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
