use jsonwebtoken::{decode, Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use thiserror::Error;

#[derive(Debug, Deserialize)]
struct SignatureClaims {
    jti: String,
    url_hash: String,
    #[serde(default)]
    payload_hash: Option<String>,
}

#[derive(Debug, Error)]
pub enum BirdSignatureError {
    #[error("token refused: {0}")]
    Token(#[from] jsonwebtoken::errors::Error),
    #[error("url or payload differ")]
    Mismatch,
}

/// Returns the `jti`, which the caller stores to refuse a second use.
pub fn verify(token: &str, signing_key: &[u8], url: &str, body: &[u8]) -> Result<String, BirdSignatureError> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.insecure_disable_signature_validation();
    validation.set_issuer(&["MessageBird"]);
    validation.validate_nbf = true;
    validation.leeway = 2;
    let claims = decode::<SignatureClaims>(token, &DecodingKey::from_secret(signing_key), &validation)?.claims;

    let payload_hash = if body.is_empty() { None } else { Some(hex::encode(Sha256::digest(body))) };
    let url_hash = hex::encode(Sha256::digest(url.as_bytes()));
    let same_url: bool = claims.url_hash.as_bytes().ct_eq(url_hash.as_bytes()).into();
    let same_body = match (claims.payload_hash.as_deref(), payload_hash.as_deref()) {
        (None, None) => true,
        (Some(given), Some(expected)) => given.as_bytes().ct_eq(expected.as_bytes()).into(),
        _ => false,
    };
    if same_url && same_body {
        Ok(claims.jti)
    } else {
        Err(BirdSignatureError::Mismatch)
    }
}
