use std::time::Duration;

use reqwest::{Client, StatusCode};
use serde::Deserialize;
use tracing::instrument;

use super::VerifyError;

pub struct VerifyClient {
    http: Client,
    service: String,
}

#[derive(Deserialize)]
struct CheckAnswer {
    status: String,
}

impl VerifyClient {
    pub fn new(service: String) -> Result<Self, VerifyError> {
        let http = Client::builder().timeout(Duration::from_secs(8)).build()?;
        Ok(Self { http, service })
    }

    /// The account is that of the tenant, so it is given by the caller.
    #[instrument(level = "info", skip(self), err)]
    pub async fn check(
        &self,
        account_sid: &str,
        auth_token: &str,
        phone: &str,
        code: &str,
    ) -> Result<bool, VerifyError> {
        let response = self
            .http
            .post(format!("https://verify.twilio.com/v2/Services/{}/VerificationCheck", self.service))
            .basic_auth(account_sid, Some(auth_token))
            .form(&[("To", phone), ("Code", code)])
            .send()
            .await?;
        if response.status() == StatusCode::NOT_FOUND {
            return Ok(false);
        }
        let answer: CheckAnswer = response.error_for_status()?.json().await?;
        Ok(answer.status == "approved")
    }
}
