use std::time::Duration;

use reqwest::Client;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tracing::instrument;

use super::SmsError;

pub struct VonageSms {
    http: Client,
    api_key: String,
    api_secret: SecretString,
}

#[derive(Deserialize)]
struct Accepted {
    message_uuid: String,
}

impl VonageSms {
    pub fn new(api_key: String, api_secret: SecretString) -> Result<Self, SmsError> {
        let http = Client::builder()
            .connect_timeout(Duration::from_secs(3))
            .timeout(Duration::from_secs(10))
            .build()?;
        Ok(Self { http, api_key, api_secret })
    }

    #[instrument(skip_all, fields(tenant = tenant_id), err)]
    pub async fn send_code(&self, tenant_id: u64, to: &str, code: &str) -> Result<String, SmsError> {
        let response = self
            .http
            .post("https://api.nexmo.com/v1/messages")
            .basic_auth(&self.api_key, Some(self.api_secret.expose_secret()))
            .json(&serde_json::json!({
                "message_type": "text",
                "channel": "sms",
                "from": "Lumaflix",
                "to": to,
                "text": format!("Your code is {code}. It is valid for ten minutes."),
            }))
            .send()
            .await?
            .error_for_status()?;
        Ok(response.json::<Accepted>().await?.message_uuid)
    }
}
