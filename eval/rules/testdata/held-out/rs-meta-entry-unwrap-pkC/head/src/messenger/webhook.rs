use actix_web::{post, web, HttpRequest, HttpResponse};
use serde_json::Value;
use tracing::{error, warn};

use super::{inbox::Inbox, signature::HubSignature};

#[post("/webhooks/messenger")]
pub async fn receive(
    request: HttpRequest,
    body: web::Bytes,
    signature: web::Data<HubSignature>,
    inbox: web::Data<Inbox>,
) -> HttpResponse {
    if !signature.matches(request.headers().get("x-hub-signature-256"), &body) {
        warn!("messenger webhook with an invalid signature");
        return HttpResponse::Unauthorized().finish();
    }

    let payload: Value = serde_json::from_slice(&body).unwrap();
    for entry in payload["entry"].as_array().unwrap() {
        let event = &entry["messaging"][0];
        let sender = event["sender"]["id"].as_str().unwrap();
        let mid = event["message"]["mid"].as_str().unwrap();
        let text = event["message"]["text"].as_str().unwrap();
        if let Err(error) = inbox.insert_new(mid, sender, text).await {
            error!(%error, mid, "message not stored");
            return HttpResponse::InternalServerError().finish();
        }
    }
    HttpResponse::Ok().body("EVENT_RECEIVED")
}
