use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

use crate::auth::Courier;

const PAGE: i64 = 100;

#[derive(Debug, Deserialize)]
pub struct Filter {
    #[serde(default)]
    after: i64,
}

#[derive(Debug, Serialize, FromRow)]
pub struct Shipment {
    id: i64,
    reference: String,
    status: String,
}

#[derive(Debug, Serialize)]
pub struct Page {
    shipments: Vec<Shipment>,
    next: Option<i64>,
}

/// GET /v1/shipments, the courier was put into the extensions by `auth::require`.
pub async fn list(
    State(pool): State<PgPool>,
    Extension(courier): Extension<Courier>,
    Query(query): Query<Filter>,
) -> Result<Json<Page>, StatusCode> {
    let shipments = sqlx::query_as::<_, Shipment>(
        "SELECT id, reference, status FROM shipments WHERE courier_id = $1 AND id > $2 ORDER BY id LIMIT $3",
    )
        .bind(courier.id)
        .bind(query.after)
        .bind(PAGE)
        .fetch_all(&pool)
        .await
        .map_err(|err| {
            tracing::error!(%err, courier = courier.id, "shipments cannot be listed");
            StatusCode::INTERNAL_SERVER_ERROR
        })?;
    let next = (shipments.len() as i64 == PAGE).then(|| shipments.last().map(|s| s.id)).flatten();
    Ok(Json(Page { shipments, next }))
}
