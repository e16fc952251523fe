use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::Router;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use sqlx::PgPool;

const MAX_BODY: usize = 2 * 1024 * 1024;

#[derive(Clone)]
pub struct Hooks {
    pub pool: PgPool,
    pub secret: std::sync::Arc<[u8]>,
}

pub fn router(hooks: Hooks) -> Router {
    Router::new()
        .route("/hooks/github", post(receive))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(hooks)
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|v| v.to_str().ok())
}

fn signed(secret: &[u8], headers: &HeaderMap, body: &[u8]) -> bool {
    let Some(given) = header(headers, "x-hub-signature-256")
        .and_then(|v| v.strip_prefix("sha256="))
        .and_then(|v| hex::decode(v).ok())
    else {
        return false;
    };
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("hmac takes keys of any length");
    mac.update(body);
    mac.verify_slice(&given).is_ok()
}

async fn receive(State(hooks): State<Hooks>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if !signed(&hooks.secret, &headers, &body) {
        return StatusCode::UNAUTHORIZED;
    }
    let (Some(delivery), Some(event)) = (header(&headers, "x-github-delivery"), header(&headers, "x-github-event")) else {
        return StatusCode::BAD_REQUEST;
    };
    if event != "release" {
        return StatusCode::NO_CONTENT;
    }
    let stored = sqlx::query("INSERT INTO deliveries (id, event, body) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING")
        .bind(delivery)
        .bind(event)
        .bind(&body[..])
        .execute(&hooks.pool)
        .await;
    match stored {
        Ok(_) => StatusCode::ACCEPTED,
        Err(err) => {
            tracing::error!(%err, delivery, "delivery was not stored");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
