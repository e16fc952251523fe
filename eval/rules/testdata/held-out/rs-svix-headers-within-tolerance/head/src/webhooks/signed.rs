use std::time::{SystemTime, UNIX_EPOCH};

use axum::body::Bytes;
use axum::extract::{FromRef, FromRequest, Request};
use axum::http::{HeaderMap, StatusCode};
use base64::prelude::{Engine, BASE64_STANDARD};
use hmac::{Hmac, Mac};
use sha2::Sha256;

const TOLERANCE: u64 = 300;

/// The decoded key, without the prefix `whsec_`.
#[derive(Clone)]
pub struct SigningKey(pub Vec<u8>);

pub struct SignedBody {
    pub message_id: String,
    pub body: Bytes,
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Result<&'a str, StatusCode> {
    headers.get(name).and_then(|value| value.to_str().ok()).ok_or(StatusCode::BAD_REQUEST)
}

impl<S> FromRequest<S> for SignedBody
where
    SigningKey: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = StatusCode;

    async fn from_request(req: Request, state: &S) -> Result<Self, StatusCode> {
        let SigningKey(key) = SigningKey::from_ref(state);
        let headers = req.headers().clone();
        let id = header(&headers, "svix-id")?;
        let sent = header(&headers, "svix-timestamp")?;
        let seconds: u64 = sent.parse().map_err(|_| StatusCode::BAD_REQUEST)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
        if now.abs_diff(seconds) > TOLERANCE {
            return Err(StatusCode::UNAUTHORIZED);
        }

        let body = Bytes::from_request(req, state).await.map_err(|_| StatusCode::BAD_REQUEST)?;
        let mac = Hmac::<Sha256>::new_from_slice(&key)
            .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?
            .chain_update(format!("{id}.{sent}."))
            .chain_update(&body);
        let genuine = header(&headers, "svix-signature")?
            .split(' ')
            .filter_map(|part| BASE64_STANDARD.decode(part.strip_prefix("v1,")?).ok())
            .any(|tag| mac.clone().verify_slice(&tag).is_ok());
        if !genuine {
            return Err(StatusCode::UNAUTHORIZED);
        }
        Ok(Self { message_id: id.to_owned(), body })
    }
}
