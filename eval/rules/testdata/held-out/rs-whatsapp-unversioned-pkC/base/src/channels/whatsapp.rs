use std::time::Duration;

use reqwest::{Client, StatusCode};
use serde::Deserialize;
use serde_json::json;
use thiserror::Error;

const GRAPH: &str = "https://graph.facebook.com/v21.0";

#[derive(Debug, Error)]
pub enum WhatsAppError {
    #[error("graph api not reached: {0}")]
    Transport(#[from] reqwest::Error),
    #[error("graph api answered {0}")]
    Refused(StatusCode),
    #[error("answer without a message id")]
    NoMessage,
}

#[derive(Deserialize)]
struct SendAnswer {
    messages: Vec<SentMessage>,
}

#[derive(Deserialize)]
struct SentMessage {
    id: String,
}

pub struct WhatsApp {
    http: Client,
    phone_number_id: String,
    token: String,
}

impl WhatsApp {
    pub fn new(phone_number_id: String, token: String) -> Result<Self, WhatsAppError> {
        let http = Client::builder().timeout(Duration::from_secs(15)).build()?;
        Ok(Self { http, phone_number_id, token })
    }

    pub async fn send_text(&self, to: &str, text: &str) -> Result<String, WhatsAppError> {
        let response = self
            .http
            .post(format!("{GRAPH}/{}/messages", self.phone_number_id))
            .bearer_auth(&self.token)
            .json(&json!({
                "messaging_product": "whatsapp",
                "to": to,
                "type": "text",
                "text": { "body": text },
            }))
            .send()
            .await?;
        if !response.status().is_success() {
            return Err(WhatsAppError::Refused(response.status()));
        }
        let answer: SendAnswer = response.json().await?;
        answer.messages.into_iter().next().map(|m| m.id).ok_or(WhatsAppError::NoMessage)
    }
}
