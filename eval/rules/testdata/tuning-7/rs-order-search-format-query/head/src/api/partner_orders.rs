use axum::extract::{Query, State};
use axum::Json;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

use crate::auth::Partner;
use crate::error::ApiError;

#[derive(Debug, Deserialize)]
pub struct Search {
    reference: Option<String>,
    limit: Option<i64>,
}

#[derive(Debug, Serialize, FromRow)]
pub struct OrderRow {
    id: i64,
    reference: String,
    status: String,
    created_at: DateTime<Utc>,
}

pub async fn search(
    partner: Partner,
    State(pool): State<PgPool>,
    Query(search): Query<Search>,
) -> Result<Json<Vec<OrderRow>>, ApiError> {
    let limit = search.limit.unwrap_or(50).clamp(1, 200);
    let filter = match &search.reference {
        Some(reference) => format!("and reference like '{reference}%'"),
        None => String::new(),
    };
    let sql = format!(
        "select id, reference, status, created_at from orders
         where partner_id = $1 {filter} order by created_at desc limit $2"
    );
    let rows = sqlx::query_as::<_, OrderRow>(&sql)
        .bind(partner.id)
        .bind(limit)
        .fetch_all(&pool)
        .await?;
    tracing::debug!(partner = partner.id, rows = rows.len(), "partner search");
    Ok(Json(rows))
}
