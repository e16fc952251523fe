use std::time::Duration;

use futures::future::join_all;
use reqwest::Client;
use serde::Deserialize;
use serde_json::json;
use thiserror::Error;
use tracing::{info, warn};

#[derive(Debug, Error)]
pub enum SlackError {
    #[error("slack not reached: {0}")]
    Transport(#[from] reqwest::Error),
    #[error("slack refused: {0}")]
    Refused(String),
}

#[derive(Deserialize)]
struct PostAnswer {
    ok: bool,
    error: Option<String>,
}

pub struct Announcer {
    http: Client,
    bot_token: String,
}

impl Announcer {
    pub fn new(bot_token: String) -> Result<Self, SlackError> {
        let http = Client::builder().timeout(Duration::from_secs(10)).build()?;
        Ok(Self { http, bot_token })
    }

    /// Returns the channels that did not get the text.
    pub async fn announce(&self, channels: &[String], text: &str) -> Vec<String> {
        let results = join_all(channels.iter().map(|channel| self.post(channel, text))).await;
        let mut failed = Vec::new();
        for (channel, result) in channels.iter().zip(results) {
            if let Err(error) = result {
                warn!(%channel, %error, "announcement not posted");
                failed.push(channel.clone());
            }
        }
        info!(channels = channels.len(), failed = failed.len(), "announcement done");
        failed
    }

    async fn post(&self, channel: &str, text: &str) -> Result<(), SlackError> {
        let answer: PostAnswer = self
            .http
            .post("https://slack.com/api/chat.postMessage")
            .bearer_auth(&self.bot_token)
            .json(&json!({ "channel": channel, "text": text }))
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        if answer.ok {
            Ok(())
        } else {
            Err(SlackError::Refused(answer.error.unwrap_or_default()))
        }
    }
}
