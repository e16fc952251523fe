use axum::{extract::State, http::StatusCode, Json};
use serde::{Deserialize, Serialize};

use crate::state::AppState;

const URL: &str = "https://ec.europa.eu/taxation_customs/vies/rest-api/check-vat-number";

#[derive(Deserialize)]
pub struct CheckRequest {
    country: String,
    number: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ViesRequest<'a> {
    country_code: &'a str,
    vat_number: &'a str,
}

#[derive(Deserialize)]
struct ViesAnswer {
    valid: bool,
}

#[derive(Serialize)]
pub struct CheckResult {
    valid: bool,
}

pub async fn check(State(state): State<AppState>, Json(req): Json<CheckRequest>) -> Result<Json<CheckResult>, StatusCode> {
    let plain = |s: &str, max: usize| !s.is_empty() && s.len() <= max && s.chars().all(|c| c.is_ascii_alphanumeric());
    if req.country.len() != 2 || !plain(&req.country, 2) || !plain(&req.number, 14) {
        return Err(StatusCode::UNPROCESSABLE_ENTITY);
    }

    let answer = state
        .http
        .post(URL)
        .json(&ViesRequest { country_code: &req.country, vat_number: &req.number })
        .send()
        .await
        .and_then(|r| r.error_for_status())
        .map_err(unavailable)?
        .json::<ViesAnswer>()
        .await
        .map_err(unavailable)?;
    Ok(Json(CheckResult { valid: answer.valid }))
}

fn unavailable(err: reqwest::Error) -> StatusCode {
    tracing::warn!(error = %err, "vies not available");
    StatusCode::SERVICE_UNAVAILABLE
}
