use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool, Postgres, QueryBuilder};

use crate::auth::Integrator;

const PAGE: i64 = 200;

#[derive(Debug, Deserialize)]
pub struct Filter {
    site: Option<i64>,
    #[serde(default)]
    page: u16,
}

#[derive(Debug, Serialize, FromRow)]
pub struct Device {
    id: i64,
    serial: String,
    site_id: i64,
}

pub async fn list(
    State(pool): State<PgPool>,
    Extension(integrator): Extension<Integrator>,
    Query(filter): Query<Filter>,
) -> Result<Json<Vec<Device>>, StatusCode> {
    let mut sql = QueryBuilder::<Postgres>::new("SELECT id, serial, site_id FROM devices WHERE integrator_id = ");
    sql.push_bind(integrator.id);
    if let Some(site) = filter.site {
        sql.push(" AND site_id = ").push_bind(site);
    }
    sql.push(" ORDER BY serial, id");
    sql.push(" LIMIT ").push_bind(PAGE).push(" OFFSET ").push_bind(i64::from(filter.page) * PAGE);

    let devices = sql.build_query_as::<Device>().fetch_all(&pool).await.map_err(|err| {
        tracing::error!(%err, "devices cannot be listed");
        StatusCode::INTERNAL_SERVER_ERROR
    })?;
    Ok(Json(devices))
}
