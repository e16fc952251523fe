use actix_web::http::StatusCode;
use awc::Client;
use serde::{Deserialize, Serialize};
use thiserror::Error;

const MAX_ANSWER: usize = 256 * 1024;

#[derive(Debug, Error)]
pub enum ShellyError {
    #[error("shelly cloud not reached: {0}")]
    Send(String),
    #[error("shelly cloud answered {0}")]
    Status(StatusCode),
    #[error("answer not readable: {0}")]
    Payload(#[from] awc::error::JsonPayloadError),
}

#[derive(Serialize)]
struct StateQuery<'a> {
    ids: &'a [String],
    select: [&'static str; 1],
}

#[derive(Debug, Deserialize)]
pub struct DeviceState {
    pub id: String,
    #[serde(default)]
    pub online: u8,
}

pub struct ShellyCloud {
    http: Client,
    server: String,
    auth_key: String,
}

impl ShellyCloud {
    pub fn new(server: String, auth_key: String) -> Self {
        Self { http: Client::default(), server, auth_key }
    }

    /// At most ten devices, the limit of the API.
    pub async fn states(&self, ids: &[String]) -> Result<Vec<DeviceState>, ShellyError> {
        debug_assert!(ids.len() <= 10);
        let mut response = self
            .http
            .post(format!("https://{}/v2/devices/api/get", self.server))
            .query(&[("auth_key", &self.auth_key)])
            .map_err(|error| ShellyError::Send(error.to_string()))?
            .send_json(&StateQuery { ids, select: ["status"] })
            .await
            .map_err(|error| ShellyError::Send(error.to_string()))?;
        if !response.status().is_success() {
            return Err(ShellyError::Status(response.status()));
        }
        Ok(response.json::<Vec<DeviceState>>().limit(MAX_ANSWER).await?)
    }
}
