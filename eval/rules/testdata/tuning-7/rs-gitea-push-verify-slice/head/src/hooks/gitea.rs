use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::Router;
use hmac::{Hmac, Mac};
use serde::Deserialize;
use sha2::Sha256;

use crate::AppState;

#[derive(Debug, Deserialize)]
struct Push {
    #[serde(rename = "ref")]
    reference: String,
    after: String,
    repository: Repository,
}

#[derive(Debug, Deserialize)]
struct Repository {
    full_name: String,
}

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/hooks/gitea", post(push))
        .layer(DefaultBodyLimit::max(512 * 1024))
}

async fn push(State(app): State<AppState>, headers: HeaderMap, body: Bytes) -> Result<StatusCode, StatusCode> {
    let tag = headers
        .get("x-gitea-signature")
        .and_then(|value| hex::decode(value.as_bytes()).ok())
        .ok_or(StatusCode::UNAUTHORIZED)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(app.gitea_secret.as_bytes())
        .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    mac.update(&body);
    mac.verify_slice(&tag).map_err(|_| StatusCode::UNAUTHORIZED)?;

    let push: Push = serde_json::from_slice(&body).map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)?;
    if push.reference != "refs/heads/main" {
        return Ok(StatusCode::NO_CONTENT);
    }
    // one build per repository and commit, a repeated call finds the existing one
    app.builds
        .ensure(&push.repository.full_name, &push.after)
        .await
        .map_err(|err| {
            tracing::error!(%err, commit = %push.after, "build not queued");
            StatusCode::INTERNAL_SERVER_ERROR
        })?;
    Ok(StatusCode::ACCEPTED)
}
