use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::StatusCode,
};
use hmac::{Hmac, Mac};
use sha1::Sha1;
use tracing::warn;

use crate::AppState;

/// Body of a notification whose X-Hub-Signature was made with our client secret.
pub struct SignedNotification(pub Bytes);

impl FromRequest<AppState> for SignedNotification {
    type Rejection = StatusCode;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Self::Rejection> {
        let given = request
            .headers()
            .get("x-hub-signature")
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("sha1="))
            .and_then(|value| hex::decode(value).ok())
            .ok_or(StatusCode::UNAUTHORIZED)?;
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| rejection.status())?;

        let mut mac = Hmac::<Sha1>::new_from_slice(state.intercom.client_secret.as_bytes())
            .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
        mac.update(&body);
        mac.verify_slice(&given).map_err(|_| {
            warn!("intercom notification with an invalid signature");
            StatusCode::UNAUTHORIZED
        })?;
        Ok(Self(body))
    }
}
