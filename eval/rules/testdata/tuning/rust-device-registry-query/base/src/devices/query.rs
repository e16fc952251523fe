use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::Json;
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool, Postgres, QueryBuilder};

use crate::auth::Tenant;

#[derive(Debug, Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    Name,
    LastSeen,
}

impl Sort {
    fn column(self) -> &'static str {
        match self {
            Sort::Name => "name",
            Sort::LastSeen => "last_seen_at",
        }
    }
}

#[derive(Debug, Deserialize)]
pub struct DeviceFilter {
    pub name: Option<String>,
    pub sort: Option<Sort>,
    pub limit: Option<u16>,
}

#[derive(Debug, Serialize, FromRow)]
pub struct DeviceRow {
    pub id: i64,
    pub name: String,
    pub model: String,
}

pub async fn list(
    State(pool): State<PgPool>,
    tenant: Tenant,
    Query(filter): Query<DeviceFilter>,
) -> Result<Json<Vec<DeviceRow>>, StatusCode> {
    let mut query: QueryBuilder<Postgres> =
        QueryBuilder::new("SELECT id, name, model FROM devices WHERE tenant_id = ");
    query.push_bind(tenant.id);
    if let Some(name) = filter.name.filter(|n| !n.is_empty()) {
        query.push(" AND name ILIKE ").push_bind(format!("{name}%"));
    }
    query.push(format!(" ORDER BY {} LIMIT ", filter.sort.unwrap_or(Sort::Name).column()));
    query.push_bind(i64::from(filter.limit.unwrap_or(50).min(200)));

    query
        .build_query_as::<DeviceRow>()
        .fetch_all(&pool)
        .await
        .map(Json)
        .map_err(|err| {
            tracing::error!(%err, "device query failed");
            StatusCode::INTERNAL_SERVER_ERROR
        })
}
