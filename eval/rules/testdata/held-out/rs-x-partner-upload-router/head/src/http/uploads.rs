use aws_sdk_s3::{primitives::ByteStream, Client as S3};
use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::StatusCode,
    routing::put,
    Router,
};
use tracing::{error, info};
use uuid::Uuid;

use crate::auth::Partner;

#[derive(Clone)]
pub struct Uploads {
    pub s3: S3,
    pub bucket: String,
}

pub fn router(uploads: Uploads) -> Router {
    Router::new()
        .route("/partner/files/{kind}", put(store))
        .layer(DefaultBodyLimit::disable())
        .with_state(uploads)
}

async fn store(
    partner: Partner,
    State(uploads): State<Uploads>,
    Path(kind): Path<String>,
    body: Bytes,
) -> Result<StatusCode, StatusCode> {
    if !matches!(kind.as_str(), "prices" | "stock" | "images") {
        return Err(StatusCode::NOT_FOUND);
    }
    let key = format!("incoming/{}/{kind}/{}", partner.id, Uuid::now_v7());
    let size = body.len();
    uploads
        .s3
        .put_object()
        .bucket(&uploads.bucket)
        .key(&key)
        .body(ByteStream::from(body))
        .send()
        .await
        .map_err(|e| {
            error!(partner = partner.id, error = ?e, "upload not stored");
            StatusCode::BAD_GATEWAY
        })?;
    info!(partner = partner.id, %key, size, "upload stored");
    Ok(StatusCode::CREATED)
}
