use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use hmac::{Hmac, Mac};
use serde::Deserialize;
use sha2::Sha256;
use tracing::{error, warn};

use crate::state::AppState;

#[derive(Deserialize)]
struct BuildEvent {
    id: String,
    project: String,
    status: BuildStatus,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BuildStatus {
    Passed,
    Failed,
}


// DefaultBodyLimit of 1 MiB is set on the router.
pub async fn build_hook(State(app): State<AppState>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if !signature_ok(&app.hook_key, &headers, &body) {
        warn!(len = body.len(), "build hook signature mismatch");
        return StatusCode::UNAUTHORIZED;
    }

    let event: BuildEvent = match serde_json::from_slice(&body) {
        Ok(event) => event,
        Err(_) => return StatusCode::BAD_REQUEST,
    };

    // insert_once ignores ids that are already in the table
    if let Err(e) = app.builds.insert_once(&event.id, &event.project, event.status).await {
        error!(error = %e, event = %event.id, "cannot store build event");
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    StatusCode::ACCEPTED
}

fn signature_ok(key: &[u8], headers: &HeaderMap, body: &[u8]) -> bool {
    let Some(given) = headers
        .get("x-ci-signature")
        .and_then(|v| v.to_str().ok())
        .and_then(|v| hex::decode(v).ok())
    else {
        return false;
    };
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("hmac accepts any key length");
    mac.update(body);
    mac.verify_slice(&given).is_ok()
}
