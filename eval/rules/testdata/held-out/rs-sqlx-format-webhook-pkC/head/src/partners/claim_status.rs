use axum::{extract::State, http::StatusCode, Json};
use serde::Deserialize;
use sqlx::PgPool;
use tracing::{error, info};

use crate::auth::Partner;

#[derive(Debug, Deserialize)]
pub struct ClaimStatus {
    claim_number: String,
    status: String,
    revision: i64,
}

/// `Partner` is the extractor that checks the client certificate and the request's signature.
pub async fn claim_status(
    partner: Partner,
    State(pool): State<PgPool>,
    Json(update): Json<ClaimStatus>,
) -> StatusCode {
    let sql = format!(
        "UPDATE claim SET partner_status = '{}', partner_revision = {} \
         WHERE partner_id = {} AND claim_number = '{}' AND partner_revision < {}",
        update.status, update.revision, partner.id, update.claim_number, update.revision
    );
    match sqlx::query(&sql).execute(&pool).await {
        Ok(done) => {
            info!(partner = partner.id, rows = done.rows_affected(), "claim status received");
            StatusCode::NO_CONTENT
        }
        Err(error) => {
            error!(%error, partner = partner.id, "claim status not stored");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
