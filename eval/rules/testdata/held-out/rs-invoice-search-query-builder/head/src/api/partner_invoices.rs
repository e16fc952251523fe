use axum::extract::{Query, State};
use axum::Json;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool, Postgres, QueryBuilder};

use crate::auth::Partner;
use crate::error::ApiError;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Sort {
    Number,
    DueOn,
}

#[derive(Debug, Deserialize)]
pub struct Search {
    number: Option<String>,
    due_before: Option<NaiveDate>,
    sort: Option<Sort>,
}

#[derive(Debug, Serialize, FromRow)]
pub struct InvoiceRow {
    id: i64,
    number: String,
    due_on: NaiveDate,
}

pub async fn search(
    partner: Partner,
    State(pool): State<PgPool>,
    Query(search): Query<Search>,
) -> Result<Json<Vec<InvoiceRow>>, ApiError> {
    let mut query = QueryBuilder::<Postgres>::new("select id, number, due_on from invoices where partner_id = ");
    query.push_bind(partner.id);
    if let Some(number) = search.number {
        query.push(" and number = ").push_bind(number);
    }
    if let Some(day) = search.due_before {
        query.push(" and due_on < ").push_bind(day);
    }
    let column = match search.sort.unwrap_or(Sort::Number) {
        Sort::Number => "number",
        Sort::DueOn => "due_on",
    };
    query.push(format!(" order by {column}, id limit 200"));

    let rows = query.build_query_as::<InvoiceRow>().fetch_all(&pool).await?;
    Ok(Json(rows))
}
