use axum::{extract::State, http::{HeaderMap, StatusCode}, Json};
use serde::Deserialize;
use tracing::{error, info};

use crate::AppState;

#[derive(Debug, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum ClerkEvent {
    #[serde(rename = "user.created")]
    Created(ClerkUser),
    #[serde(rename = "user.deleted")]
    Deleted { id: String },
    #[serde(other)]
    Other,
}

#[derive(Debug, Deserialize)]
pub struct ClerkUser {
    pub id: String,
    pub username: Option<String>,
}

pub async fn receive(
    State(state): State<AppState>,
    headers: HeaderMap,
    Json(event): Json<ClerkEvent>,
) -> StatusCode {
    let Some(message_id) = headers.get("svix-id").and_then(|v| v.to_str().ok()) else {
        return StatusCode::BAD_REQUEST;
    };

    let outcome = match &event {
        ClerkEvent::Created(user) => {
            state.users.create_once(message_id, &user.id, user.username.as_deref()).await
        }
        ClerkEvent::Deleted { id } => state.users.delete_once(message_id, id).await,
        ClerkEvent::Other => return StatusCode::NO_CONTENT,
    };

    match outcome {
        Ok(applied) => {
            info!(message_id, applied, "clerk event handled");
            StatusCode::OK
        }
        Err(err) => {
            error!(message_id, %err, "clerk event failed");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
