use std::time::Duration;

use reqwest::Client;
use serde::Deserialize;
use tracing::info;

use crate::payments::{PaymentError, PaymentState};

#[derive(Debug, Deserialize)]
struct Order {
    id: String,
    status: String,
}

pub struct PayPal {
    http: Client,
    base_url: String,
}

impl PayPal {
    pub fn new(base_url: String) -> Result<Self, PaymentError> {
        let http = Client::builder()
            .connect_timeout(Duration::from_secs(4))
            .timeout(Duration::from_secs(15))
            .build()?;
        Ok(Self { http, base_url })
    }

    pub async fn state_of(&self, order_id: &str, token: &str) -> Result<PaymentState, PaymentError> {
        if !order_id.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(PaymentError::InvalidOrder);
        }
        let order: Order = self
            .http
            .get(format!("{}/v2/checkout/orders/{order_id}", self.base_url))
            .bearer_auth(token)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        let state = map_status(&order.status);
        info!(order = %order.id, status = %order.status, ?state, "paypal order read");
        Ok(state)
    }
}

fn map_status(status: &str) -> PaymentState {
    match status {
        "CREATED" | "SAVED" | "PAYER_ACTION_REQUIRED" => PaymentState::Open,
        "VOIDED" => PaymentState::Cancelled,
        _ => PaymentState::Paid,
    }
}
