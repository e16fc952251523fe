use reqwest::{header, Client, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

#[derive(Debug, thiserror::Error)]
pub enum KycError {
    #[error("kyc provider rejected the check with status {0}")]
    Rejected(StatusCode),
    #[error("kyc provider unavailable")]
    Transport(#[from] reqwest::Error),
    #[error("kyc endpoint is not a valid url")]
    Endpoint(#[from] url::ParseError),
}

#[derive(Serialize)]
pub struct CheckRequest<'a> {
    pub applicant_id: Uuid,
    pub document_ids: &'a [Uuid],
}

#[derive(Debug, Deserialize)]
pub struct Check {
    pub id: Uuid,
    pub status: String,
}

pub struct KycClient {
    http: Client,
    base: Url,
    token: SecretString,
}

impl KycClient {
    pub fn new(base: Url, token: SecretString) -> Result<Self, KycError> {
        let http = Client::builder()
            .user_agent(concat!("onboarding/", env!("CARGO_PKG_VERSION")))
            .timeout(std::time::Duration::from_secs(20))
            .connect_timeout(std::time::Duration::from_secs(3))
            .build()?;
        Ok(Self { http, base, token })
    }

    pub async fn start_check(&self, key: Uuid, req: &CheckRequest<'_>) -> Result<Check, KycError> {
        let res = self
            .http
            .post(self.base.join("v3/checks")?)
            .header(header::AUTHORIZATION, format!("Token token={}", self.token.expose_secret()))
            .header("Idempotency-Key", key.to_string())
            .json(req)
            .send()
            .await?;
        if !res.status().is_success() {
            return Err(KycError::Rejected(res.status()));
        }
        Ok(res.json().await?)
    }
}
