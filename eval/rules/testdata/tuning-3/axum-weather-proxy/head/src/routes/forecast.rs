use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    routing::get,
    Json, Router,
};
use serde::{Deserialize, Serialize};
use tracing::{instrument, warn};

use crate::config::Config;

pub struct Forecasts {
    http: reqwest::Client,
    base: String,
    key: String,
}

impl Forecasts {
    pub fn new(config: &Config) -> Arc<Self> {
        Arc::new(Self {
            http: reqwest::Client::new(),
            base: config.forecast_url.clone(),
            key: config.forecast_key.clone(),
        })
    }

    async fn for_depot(&self, depot: u32) -> reqwest::Result<Upstream> {
        self.http
            .get(format!("{}/v2/depots/{depot}/forecast", self.base))
            .header("x-api-key", &self.key)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await
    }
}

#[derive(Deserialize)]
struct Upstream {
    hours: Vec<Hour>,
}

#[derive(Deserialize, Serialize)]
struct Hour {
    at: chrono::DateTime<chrono::Utc>,
    temperature: f32,
    precipitation: f32,
}

pub fn router(forecasts: Arc<Forecasts>) -> Router {
    Router::new().route("/depots/:depot/forecast", get(forecast)).with_state(forecasts)
}

#[instrument(skip(forecasts))]
async fn forecast(State(forecasts): State<Arc<Forecasts>>, Path(depot): Path<u32>) -> Result<Json<Vec<Hour>>, StatusCode> {
    match forecasts.for_depot(depot).await {
        Ok(upstream) => Ok(Json(upstream.hours)),
        Err(err) => {
            warn!(error = %err.without_url(), "forecast not available");
            Err(StatusCode::BAD_GATEWAY)
        }
    }
}
