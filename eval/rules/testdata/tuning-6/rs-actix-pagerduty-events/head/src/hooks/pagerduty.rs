use actix_web::{post, web, HttpRequest, HttpResponse};
use hmac::{Hmac, Mac};
use serde::Deserialize;
use sha2::Sha256;
use tracing::{error, info, warn};

use crate::incidents::{Incidents, Stored};

#[derive(Deserialize)]
struct Envelope {
    event: Event,
}

#[derive(Deserialize)]
struct Event {
    id: String,
    event_type: String,
    data: serde_json::Value,
}

pub struct PagerDutySecret(pub String);

fn signature_matches(secret: &str, header: &str, body: &[u8]) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return false;
    };
    mac.update(body);
    let expected = format!("v1={}", hex::encode(mac.finalize().into_bytes()));
    header.split(',').any(|part| part.trim() == expected)
}

#[post("/hooks/pagerduty")]
async fn pagerduty(
    request: HttpRequest,
    body: web::Bytes,
    secret: web::Data<PagerDutySecret>,
    incidents: web::Data<Incidents>,
) -> HttpResponse {
    let header = request
        .headers()
        .get("x-pagerduty-signature")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !signature_matches(&secret.0, header, &body) {
        warn!("pagerduty signature rejected");
        return HttpResponse::Unauthorized().finish();
    }

    let Ok(Envelope { event }) = serde_json::from_slice::<Envelope>(&body) else {
        return HttpResponse::UnprocessableEntity().finish();
    };
    match incidents.store_once(&event.id, &event.event_type, event.data).await {
        Ok(Stored::New) => HttpResponse::Accepted().finish(),
        Ok(Stored::Known) => {
            info!(event = %event.id, "event came again");
            HttpResponse::Accepted().finish()
        }
        Err(err) => {
            error!(%err, "event not stored");
            HttpResponse::ServiceUnavailable().finish()
        }
    }
}
