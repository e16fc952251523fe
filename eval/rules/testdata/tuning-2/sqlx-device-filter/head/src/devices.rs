use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool, Postgres, QueryBuilder};

use crate::auth::Integrator;

const PAGE: i64 = 200;

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    Serial,
    LastSeen,
}

#[derive(Debug, Deserialize)]
pub struct Filter {
    site: Option<i64>,
    serial_prefix: Option<String>,
    sort: Option<Sort>,
    #[serde(default)]
    page: u16,
}

#[derive(Debug, Serialize, FromRow)]
pub struct Device {
    id: i64,
    serial: String,
    site_id: i64,
}

fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
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
    if let Some(prefix) = &filter.serial_prefix {
        sql.push(" AND serial LIKE ").push_bind(format!("{}%", escape_like(prefix)));
    }
    sql.push(match filter.sort.unwrap_or(Sort::Serial) {
        Sort::Serial => " ORDER BY serial, id",
        Sort::LastSeen => " ORDER BY last_seen_at DESC NULLS LAST, id",
    });
    sql.push(" LIMIT ").push_bind(PAGE).push(" OFFSET ").push_bind(i64::from(filter.page) * PAGE);

    let devices = sql.build_query_as::<Device>().fetch_all(&pool).await.map_err(|err| {
        tracing::error!(%err, "devices cannot be listed");
        StatusCode::INTERNAL_SERVER_ERROR
    })?;
    Ok(Json(devices))
}
