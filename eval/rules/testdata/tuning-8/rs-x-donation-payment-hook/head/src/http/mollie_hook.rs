use axum::{extract::State, http::StatusCode, Form};
use serde::Deserialize;
use tracing::error;

use crate::jobs::Jobs;

#[derive(Debug, Deserialize)]
pub struct Notice {
    id: String,
}

pub async fn receive(State(jobs): State<Jobs>, Form(notice): Form<Notice>) -> StatusCode {
    let known_form = notice.id.strip_prefix("tr_").is_some_and(|rest| {
        (6..=40).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    if !known_form {
        return StatusCode::OK;
    }
    match jobs.push_unless_pending("mollie.payment", &notice.id).await {
        Ok(_) => StatusCode::OK,
        Err(error) => {
            error!(payment = %notice.id, %error, "payment check not queued");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
