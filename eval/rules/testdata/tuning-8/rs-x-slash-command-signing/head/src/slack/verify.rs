use axum::{
    body::{to_bytes, Body},
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    middleware::Next,
    response::Response,
};
use hmac::{Hmac, Mac};
use sha2::Sha256;

const MAX_BODY: usize = 128 * 1024;

#[derive(Clone)]
pub struct SlackSecret(pub std::sync::Arc<[u8]>);

pub async fn require_signature(
    State(secret): State<SlackSecret>,
    request: Request,
    next: Next,
) -> Result<Response, StatusCode> {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, MAX_BODY).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    if !is_signed(&secret.0, &parts.headers, &bytes) {
        return Err(StatusCode::UNAUTHORIZED);
    }
    Ok(next.run(Request::from_parts(parts, Body::from(bytes))).await)
}

fn is_signed(secret: &[u8], headers: &HeaderMap, body: &[u8]) -> bool {
    let Some(timestamp) = headers.get("x-slack-request-timestamp").and_then(|v| v.to_str().ok()) else {
        return false;
    };
    let Some(signature) = headers
        .get("x-slack-signature")
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.strip_prefix("v0="))
        .and_then(|v| hex::decode(v).ok())
    else {
        return false;
    };
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("any key length");
    mac.update(b"v0:");
    mac.update(timestamp.as_bytes());
    mac.update(b":");
    mac.update(body);
    mac.verify_slice(&signature).is_ok()
}
