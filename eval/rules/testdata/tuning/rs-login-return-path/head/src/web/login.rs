use actix_session::Session;
use actix_web::{error, get, http::header, web, HttpResponse, Result};
use serde::Deserialize;
use subtle::ConstantTimeEq;

use crate::oidc::OidcClient;

#[derive(Deserialize)]
pub struct CallbackQuery {
    code: String,
    state: String,
    return_to: Option<String>,
}

/// Accepts absolute paths of this site only.
fn local_path(raw: &str) -> Option<&str> {
    let mut chars = raw.chars();
    let rooted = chars.next() == Some('/') && !matches!(chars.next(), Some('/') | Some('\\'));
    let plain = raw.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    (rooted && plain).then_some(raw)
}

#[get("/login/callback")]
pub async fn callback(
    query: web::Query<CallbackQuery>,
    session: Session,
    oidc: web::Data<OidcClient>,
) -> Result<HttpResponse> {
    let query = query.into_inner();
    let expected: String = session
        .remove_as("sso_state")
        .and_then(|r| r.ok())
        .ok_or_else(|| error::ErrorBadRequest("no login in progress"))?;
    if !bool::from(expected.as_bytes().ct_eq(query.state.as_bytes())) {
        return Err(error::ErrorBadRequest("state mismatch"));
    }
    let verifier: String = session
        .remove_as("sso_pkce")
        .and_then(|r| r.ok())
        .ok_or_else(|| error::ErrorBadRequest("no login in progress"))?;

    // exchange validates signature, nonce, audience and expiry of the id token
    let identity = oidc
        .exchange(&query.code, &verifier)
        .await
        .map_err(|_| error::ErrorBadGateway("sign-in failed"))?;

    session.renew();
    session.insert("user", &identity.subject)?;

    let target = query.return_to.as_deref().and_then(local_path).unwrap_or("/");
    Ok(HttpResponse::SeeOther()
        .insert_header((header::LOCATION, target.to_owned()))
        .finish())
}
