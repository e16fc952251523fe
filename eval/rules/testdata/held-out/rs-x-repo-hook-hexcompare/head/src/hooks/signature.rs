use axum::http::HeaderMap;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use thiserror::Error;

const HEADER: &str = "x-hub-signature-256";

#[derive(Debug, Error, PartialEq, Eq)]
pub enum SignatureError {
    #[error("signature header missing")]
    Missing,
    #[error("signature header malformed")]
    Malformed,
    #[error("signature does not match")]
    Mismatch,
}

pub struct Verifier {
    secret: Vec<u8>,
}

impl Verifier {
    pub fn new(secret: impl Into<Vec<u8>>) -> Self {
        let secret = secret.into();
        assert!(!secret.is_empty(), "webhook secret is empty");
        Self { secret }
    }

    pub fn check(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureError> {
        let given = headers
            .get(HEADER)
            .ok_or(SignatureError::Missing)?
            .to_str()
            .ok()
            .and_then(|v| v.strip_prefix("sha256="))
            .ok_or(SignatureError::Malformed)?;
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret).expect("any key length");
        mac.update(body);
        let computed = hex::encode(mac.finalize().into_bytes());
        if computed == given {
            Ok(())
        } else {
            Err(SignatureError::Mismatch)
        }
    }
}
