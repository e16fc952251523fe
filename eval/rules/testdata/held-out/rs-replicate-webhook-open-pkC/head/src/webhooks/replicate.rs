use axum::{extract::State, http::StatusCode, routing::post, Json, Router};
use serde::Deserialize;
use tracing::{info, warn};

use crate::{predictions::PredictionStore, AppState};

#[derive(Debug, Deserialize)]
pub struct Prediction {
    id: String,
    status: PredictionStatus,
    #[serde(default)]
    output: Option<Vec<url::Url>>,
}

#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum PredictionStatus {
    Starting,
    Processing,
    Succeeded,
    Failed,
    Canceled,
}

pub fn routes() -> Router<AppState> {
    Router::new().route("/webhooks/replicate", post(prediction_changed))
}

async fn prediction_changed(
    State(state): State<AppState>,
    Json(prediction): Json<Prediction>,
) -> StatusCode {
    let outcome = match prediction.status {
        PredictionStatus::Starting | PredictionStatus::Processing => return StatusCode::OK,
        PredictionStatus::Succeeded => prediction.output.unwrap_or_default(),
        PredictionStatus::Failed | PredictionStatus::Canceled => Vec::new(),
    };
    match state.predictions.finish(&prediction.id, &outcome).await {
        Ok(true) => info!(id = %prediction.id, "prediction finished"),
        Ok(false) => warn!(id = %prediction.id, "prediction unknown or finished before"),
        Err(error) => {
            tracing::error!(id = %prediction.id, %error, "prediction not stored");
            return StatusCode::INTERNAL_SERVER_ERROR;
        }
    }
    StatusCode::OK
}
