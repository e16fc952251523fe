use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::Json;
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool};

use crate::auth::Tenant;

#[derive(Debug, Deserialize)]
pub struct SearchParams {
    pub term: String,
    pub sort: Option<String>,
    pub limit: Option<u16>,
}

#[derive(Debug, Serialize, FromRow)]
pub struct ContactHit {
    pub id: i64,
    pub name: String,
    pub email: String,
}

const MAX_LIMIT: u16 = 100;

pub async fn search(
    State(pool): State<PgPool>,
    tenant: Tenant,
    Query(params): Query<SearchParams>,
) -> Result<Json<Vec<ContactHit>>, StatusCode> {
    if params.term.len() < 2 || params.term.len() > 100 {
        return Err(StatusCode::UNPROCESSABLE_ENTITY);
    }

    let sql = format!(
        "SELECT id, name, email FROM contacts \
         WHERE tenant_id = $1 AND (name ILIKE '%{term}%' OR email ILIKE '%{term}%') \
         ORDER BY {sort} LIMIT $2",
        term = params.term,
        sort = params.sort.as_deref().unwrap_or("name"),
    );

    let hits = sqlx::query_as::<_, ContactHit>(&sql)
        .bind(tenant.id)
        .bind(i64::from(params.limit.unwrap_or(25).min(MAX_LIMIT)))
        .fetch_all(&pool)
        .await
        .map_err(|err| {
            tracing::error!(%err, "contact search failed");
            StatusCode::INTERNAL_SERVER_ERROR
        })?;

    Ok(Json(hits))
}
