use axum::{
    body::{to_bytes, Body},
    extract::{DefaultBodyLimit, Path, State},
    http::StatusCode,
    routing::put,
    Router,
};
use tracing::{error, warn};
use uuid::Uuid;

use crate::{auth::MediaGateway, AppState};

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/recordings/{call_id}", put(upload))
        .layer(DefaultBodyLimit::disable())
}

async fn upload(
    gateway: MediaGateway,
    State(state): State<AppState>,
    Path(call_id): Path<Uuid>,
    body: Body,
) -> StatusCode {
    let recording = match to_bytes(body, usize::MAX).await {
        Ok(bytes) => bytes,
        Err(error) => {
            warn!(%error, %call_id, "recording not received");
            return StatusCode::BAD_REQUEST;
        }
    };
    if !recording.starts_with(b"OggS") {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE;
    }
    match state.bucket.put(&format!("{}/{call_id}.ogg", gateway.tenant), recording).await {
        Ok(()) => StatusCode::CREATED,
        Err(error) => {
            error!(%error, %call_id, "recording not stored");
            StatusCode::BAD_GATEWAY
        }
    }
}
