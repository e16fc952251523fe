//! Receipts from the warehouse partner.

use actix_web::http::header::HeaderMap;
use actix_web::{post, web, HttpRequest, HttpResponse};
use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::Sha256;

use crate::stock::{Receipt, StockStore};

/// The payload limit of 256 KiB is set on the scope in `main`.
pub struct HookSecret(pub Vec<u8>);

fn signed(secret: &HookSecret, headers: &HeaderMap, body: &[u8]) -> bool {
    let Some(given) = headers
        .get("x-warehouse-signature")
        .and_then(|v| v.to_str().ok())
        .and_then(|v| hex::decode(v).ok())
    else {
        return false;
    };
    let mut mac = Hmac::<Sha256>::new_from_slice(&secret.0).expect("hmac takes keys of any length");
    mac.update(body);
    mac.verify_slice(&given).is_ok()
}

#[post("/goods-receipts")]
pub async fn goods_receipt(
    req: HttpRequest,
    body: web::Bytes,
    secret: web::Data<HookSecret>,
    store: web::Data<StockStore>,
) -> HttpResponse {
    if !signed(&secret, req.headers(), &body) {
        return HttpResponse::Unauthorized().finish();
    }

    let payload: Value = serde_json::from_slice(&body).unwrap_or_default();
    let receipt = Receipt {
        id: payload["receiptId"].as_str().unwrap().to_owned(),
        sku: payload["article"]["sku"].as_str().unwrap().to_owned(),
        quantity: payload["quantity"].as_i64().unwrap() as i32,
        unit_price_cents: payload["unitPriceCents"].as_i64().unwrap(),
    };

    // one row per receipt id, the stock is raised in the same transaction
    match store.book_receipt(&receipt).await {
        Ok(fresh) => {
            tracing::info!(receipt = %receipt.id, fresh, "goods receipt");
            HttpResponse::NoContent().finish()
        }
        Err(err) => {
            tracing::error!(%err, receipt = %receipt.id, "goods receipt was not booked");
            HttpResponse::InternalServerError().finish()
        }
    }
}
