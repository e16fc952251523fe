use axum::http::HeaderMap;
use base64::{engine::general_purpose::STANDARD, Engine};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use thiserror::Error;

type HmacSha256 = Hmac<Sha256>;

#[derive(Debug, Error)]
pub enum SignatureError {
    #[error("header {0} missing")]
    Missing(&'static str),
    #[error("no matching signature")]
    Mismatch,
}

#[derive(Clone)]
pub struct WebhookKey(Vec<u8>);

impl WebhookKey {
    pub fn parse(secret: &str) -> Result<Self, base64::DecodeError> {
        Ok(Self(STANDARD.decode(secret.trim_start_matches("whsec_"))?))
    }

    /// Called by the extractor `VerifiedEvent` with the raw body.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureError> {
        let id = header(headers, "webhook-id")?;
        let timestamp = header(headers, "webhook-timestamp")?;
        let signatures = header(headers, "webhook-signature")?;

        let mut mac = HmacSha256::new_from_slice(&self.0).expect("hmac takes keys of any length");
        mac.update(format!("{id}.{timestamp}.").as_bytes());
        mac.update(body);

        let matches = signatures
            .split(' ')
            .filter_map(|part| part.strip_prefix("v1,"))
            .filter_map(|value| STANDARD.decode(value).ok())
            .any(|given| mac.clone().verify_slice(&given).is_ok());
        if matches {
            Ok(())
        } else {
            Err(SignatureError::Mismatch)
        }
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a str, SignatureError> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .ok_or(SignatureError::Missing(name))
}
