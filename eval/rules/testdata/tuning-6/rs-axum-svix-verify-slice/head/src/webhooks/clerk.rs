use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::{body::Bytes, extract::State, http::{HeaderMap, StatusCode}};
use base64::{engine::general_purpose::STANDARD, Engine};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use sqlx::PgPool;
use tracing::{error, warn};

const MAX_AGE: Duration = Duration::from_secs(300);

#[derive(Clone)]
pub struct ClerkState {
    pub key: Vec<u8>,
    pub db: PgPool,
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The message id, when signature and age are right.
fn verified<'a>(key: &[u8], headers: &'a HeaderMap, body: &[u8]) -> Option<&'a str> {
    let id = header(headers, "svix-id")?;
    let timestamp = header(headers, "svix-timestamp")?;
    let sent = UNIX_EPOCH.checked_add(Duration::from_secs(timestamp.parse().ok()?))?;
    let now = SystemTime::now();
    let age = now.duration_since(sent).or_else(|_| sent.duration_since(now)).ok()?;
    if age > MAX_AGE {
        return None;
    }

    header(headers, "svix-signature")?
        .split(' ')
        .filter_map(|part| STANDARD.decode(part.strip_prefix("v1,")?).ok())
        .any(|given| {
            let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return false };
            mac.update(format!("{id}.{timestamp}.").as_bytes());
            mac.update(body);
            mac.verify_slice(&given).is_ok()
        })
        .then_some(id)
}

pub async fn receive(State(state): State<ClerkState>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let Some(id) = verified(&state.key, &headers, &body) else {
        warn!("clerk webhook rejected");
        return StatusCode::UNAUTHORIZED;
    };
    let stored = sqlx::query("INSERT INTO clerk_inbox (id, body) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING")
        .bind(id)
        .bind(body.as_ref())
        .execute(&state.db)
        .await;
    if let Err(err) = stored {
        error!(%err, "clerk webhook not stored");
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    StatusCode::ACCEPTED
}
