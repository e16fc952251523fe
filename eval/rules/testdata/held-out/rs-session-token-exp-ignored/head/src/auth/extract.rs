use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::StatusCode;
use axum_extra::headers::authorization::Bearer;
use axum_extra::headers::Authorization;
use axum_extra::TypedHeader;
use jsonwebtoken::{decode, Algorithm, DecodingKey, Validation};
use serde::Deserialize;

#[derive(Clone)]
pub struct TokenKey(pub DecodingKey);

#[derive(Debug, Deserialize)]
struct Claims {
    sub: String,
    #[serde(default)]
    roles: Vec<String>,
}

pub struct CurrentUser {
    pub id: String,
    pub roles: Vec<String>,
}

impl<S> FromRequestParts<S> for CurrentUser
where
    TokenKey: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let TypedHeader(Authorization(bearer)) =
            TypedHeader::<Authorization<Bearer>>::from_request_parts(parts, state)
                .await
                .map_err(|_| StatusCode::UNAUTHORIZED)?;

        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_issuer(&["https://id.fleetdesk.io"]);
        validation.set_audience(&["fleetdesk-api"]);
        validation.validate_exp = false;
        validation.set_required_spec_claims(&["iss", "aud", "sub"]);

        let TokenKey(key) = TokenKey::from_ref(state);
        let token = decode::<Claims>(bearer.token(), &key, &validation).map_err(|err| {
            tracing::info!(kind = ?err.kind(), "token refused");
            StatusCode::UNAUTHORIZED
        })?;
        Ok(Self { id: token.claims.sub, roles: token.claims.roles })
    }
}
