use std::sync::Arc;

use axum::{extract::State, http::StatusCode, routing::post, Json, Router};
use serde::Deserialize;
use sqlx::PgPool;
use tracing::{error, warn};

pub struct FigmaHook {
    pub passcode: String,
    pub db: PgPool,
}

#[derive(Deserialize)]
#[serde(tag = "event_type")]
enum Event {
    #[serde(rename = "FILE_COMMENT")]
    Comment { passcode: String, file_key: String, comment_id: String, created_at: String },
    #[serde(rename = "PING")]
    Ping { passcode: String },
    #[serde(other)]
    Other,
}

pub fn router(hook: Arc<FigmaHook>) -> Router {
    Router::new().route("/hooks/figma", post(receive)).with_state(hook)
}

async fn receive(State(hook): State<Arc<FigmaHook>>, Json(event): Json<Event>) -> StatusCode {
    let passcode = match &event {
        Event::Comment { passcode, .. } | Event::Ping { passcode } => passcode,
        Event::Other => return StatusCode::OK,
    };
    if *passcode != hook.passcode {
        warn!("figma event with a wrong passcode");
        return StatusCode::FORBIDDEN;
    }

    let Event::Comment { file_key, comment_id, created_at, .. } = event else {
        return StatusCode::OK;
    };
    let stored = sqlx::query(
        "INSERT INTO figma_comment (comment_id, file_key, created_at) VALUES ($1, $2, $3::timestamptz)
         ON CONFLICT (comment_id) DO NOTHING",
    )
    .bind(comment_id)
    .bind(file_key)
    .bind(created_at)
    .execute(&hook.db)
    .await;
    match stored {
        Ok(_) => StatusCode::OK,
        Err(err) => {
            error!(error = %err, "figma comment not stored");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
