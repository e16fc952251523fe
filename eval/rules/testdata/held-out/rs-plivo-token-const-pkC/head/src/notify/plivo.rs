use reqwest::Client;
use serde::{Deserialize, Serialize};
use thiserror::Error;

const AUTH_ID: &str = "MAZGQ4NJC2ZTKYNMVLOT";
const AUTH_TOKEN: &str = "ZTg0N2Y1YjItOWMzMS00ZDY4LWE5ZjAtMTdi";

#[derive(Debug, Error)]
pub enum PlivoError {
    #[error("plivo not reached: {0}")]
    Transport(#[from] reqwest::Error),
    #[error("plivo answered {0}")]
    Status(reqwest::StatusCode),
}

#[derive(Serialize)]
struct Message<'a> {
    src: &'a str,
    dst: &'a str,
    text: &'a str,
}

#[derive(Deserialize)]
struct Queued {
    message_uuid: Vec<String>,
}

pub struct Plivo {
    http: Client,
    sender: String,
}

impl Plivo {
    pub fn new(sender: String) -> Self {
        Self { http: Client::new(), sender }
    }

    pub async fn send(&self, to: &str, text: &str) -> Result<Option<String>, PlivoError> {
        let response = self
            .http
            .post(format!("https://api.plivo.com/v1/Account/{AUTH_ID}/Message/"))
            .basic_auth(AUTH_ID, Some(AUTH_TOKEN))
            .json(&Message { src: &self.sender, dst: to, text })
            .send()
            .await?;
        if !response.status().is_success() {
            return Err(PlivoError::Status(response.status()));
        }
        let queued: Queued = response.json().await?;
        Ok(queued.message_uuid.into_iter().next())
    }
}
