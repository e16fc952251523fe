use std::sync::Arc;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{header::AUTHORIZATION, request::Parts, StatusCode},
};
use jsonwebtoken::{decode, decode_header, Algorithm, Validation};
use serde::Deserialize;

use super::keys::KeySet;

#[derive(Debug, Deserialize)]
pub struct Driver {
    pub sub: String,
    pub fleet: u32,
}

#[derive(Clone)]
pub struct AuthState {
    pub keys: Arc<KeySet>,
    pub issuer: Arc<str>,
}

impl<S> FromRequestParts<S> for Driver
where
    AuthState: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let auth = AuthState::from_ref(state);
        let token = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|v| v.to_str().ok())
            .and_then(|v| v.strip_prefix("Bearer "))
            .ok_or(StatusCode::UNAUTHORIZED)?;

        let header = decode_header(token).map_err(|_| StatusCode::UNAUTHORIZED)?;
        let kid = header.kid.ok_or(StatusCode::UNAUTHORIZED)?;
        let key = auth.keys.find(&kid).await.ok_or(StatusCode::UNAUTHORIZED)?;

        let mut validation = Validation::new(Algorithm::ES256);

        decode::<Driver>(token, &key, &validation)
            .map(|data| data.claims)
            .map_err(|_| StatusCode::UNAUTHORIZED)
    }
}
