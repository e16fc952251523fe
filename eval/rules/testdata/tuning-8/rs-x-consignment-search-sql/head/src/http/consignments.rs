use axum::{
    extract::{Query, State},
    http::StatusCode,
    Json,
};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use tracing::error;

use crate::auth::PartnerId;

#[derive(Debug, Deserialize)]
pub struct SearchParams {
    reference: String,
    #[serde(default)]
    page: u32,
}

#[derive(Debug, Serialize, sqlx::FromRow)]
pub struct ConsignmentRow {
    id: i64,
    reference: String,
    status: String,
    consignee: String,
}

const PAGE: u32 = 50;

pub async fn search(
    partner: PartnerId,
    State(pool): State<PgPool>,
    Query(params): Query<SearchParams>,
) -> Result<Json<Vec<ConsignmentRow>>, StatusCode> {
    if params.reference.len() < 3 || params.reference.len() > 60 || params.page > 200 {
        return Err(StatusCode::BAD_REQUEST);
    }
    let sql = format!(
        "SELECT id, reference, status, consignee FROM consignment \
         WHERE partner_id = {} AND reference ILIKE '{}%' ORDER BY id DESC LIMIT {PAGE} OFFSET {}",
        partner.0,
        params.reference,
        params.page * PAGE,
    );
    let rows = sqlx::query_as::<_, ConsignmentRow>(&sql).fetch_all(&pool).await.map_err(|e| {
        error!(error = %e, "consignment search failed");
        StatusCode::INTERNAL_SERVER_ERROR
    })?;
    Ok(Json(rows))
}
