use axum::{extract::State, http::StatusCode, routing::post, Form, Router};
use serde::Deserialize;
use tracing::{info, warn};

use crate::orders::{OrderStatus, Orders};

#[derive(Debug, Deserialize)]
struct PaymentNotice {
    m_payment_id: String,
    pf_payment_id: String,
    payment_status: String,
}

pub fn router(orders: Orders) -> Router {
    Router::new().route("/hooks/payfast", post(receive)).with_state(orders)
}

async fn receive(State(orders): State<Orders>, Form(notice): Form<PaymentNotice>) -> StatusCode {
    let status = match notice.payment_status.as_str() {
        "COMPLETE" => OrderStatus::Paid,
        "CANCELLED" | "FAILED" => OrderStatus::Cancelled,
        _ => return StatusCode::OK,
    };
    match orders.set_status(&notice.m_payment_id, &notice.pf_payment_id, status).await {
        Ok(true) => {
            info!(payment = %notice.pf_payment_id, ?status, "order updated");
            StatusCode::OK
        }
        Ok(false) => StatusCode::OK,
        Err(error) => {
            warn!(payment = %notice.pf_payment_id, %error, "order not updated");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
