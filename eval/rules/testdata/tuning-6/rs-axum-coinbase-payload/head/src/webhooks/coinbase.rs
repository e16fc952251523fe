use axum::{body::Bytes, extract::State, http::{HeaderMap, StatusCode}};
use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::Sha256;
use sqlx::PgPool;
use tracing::{error, warn};

#[derive(Clone)]
pub struct CoinbaseState {
    pub secret: String,
    pub db: PgPool,
}

fn genuine(secret: &str, headers: &HeaderMap, body: &[u8]) -> bool {
    let Some(given) = headers
        .get("x-cc-webhook-signature")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| hex::decode(value).ok())
    else {
        return false;
    };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return false;
    };
    mac.update(body);
    mac.verify_slice(&given).is_ok()
}

pub async fn receive(State(state): State<CoinbaseState>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if !genuine(&state.secret, &headers, &body) {
        warn!("coinbase signature rejected");
        return StatusCode::UNAUTHORIZED;
    }

    let event: Value = serde_json::from_slice(&body).unwrap();
    let id = event["event"]["id"].as_str().unwrap();
    let kind = event["event"]["type"].as_str().unwrap();
    let order = event["event"]["data"]["metadata"]["order_id"].as_str().unwrap();
    let amount = event["event"]["data"]["pricing"]["local"]["amount"].as_str().unwrap();
    if kind != "charge:confirmed" {
        return StatusCode::OK;
    }

    // event id is the primary key; the settlement worker reads the table
    let stored = sqlx::query(
        "INSERT INTO crypto_payment (event_id, order_id, amount) VALUES ($1, $2, $3::numeric) ON CONFLICT DO NOTHING",
    )
    .bind(id)
    .bind(order)
    .bind(amount)
    .execute(&state.db)
    .await;
    match stored {
        Ok(_) => StatusCode::OK,
        Err(err) => {
            error!(%err, "payment not stored");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
