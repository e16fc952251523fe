use actix_web::{post, web, HttpRequest, HttpResponse};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use tracing::{error, warn};

use super::{events::EventBatch, inbox::EventInbox};

pub struct WebhookSecret(pub String);

#[post("/webhooks/gocardless")]
pub async fn receive(
    request: HttpRequest,
    body: web::Bytes,
    secret: web::Data<WebhookSecret>,
    inbox: web::Data<EventInbox>,
) -> HttpResponse {
    let given = request
        .headers()
        .get("Webhook-Signature")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !is_genuine(&secret.0, &body, given) {
        warn!("gocardless webhook with an invalid signature");
        return HttpResponse::build(actix_web::http::StatusCode::from_u16(498).unwrap()).finish();
    }
    let batch: EventBatch = match serde_json::from_slice(&body) {
        Ok(batch) => batch,
        Err(error) => {
            warn!(%error, "gocardless webhook not readable");
            return HttpResponse::BadRequest().finish();
        }
    };
    match inbox.insert_new(&batch.events).await {
        Ok(_) => HttpResponse::NoContent().finish(),
        Err(error) => {
            error!(%error, "gocardless events not stored");
            HttpResponse::InternalServerError().finish()
        }
    }
}

fn is_genuine(secret: &str, body: &[u8], given: &str) -> bool {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any key length");
    mac.update(body);
    let expected = hex::encode(mac.finalize().into_bytes());
    expected == given
}
