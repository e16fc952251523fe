use std::time::{Duration, Instant};

use reqwest::Client;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::sync::Mutex;
use tracing::info;

#[derive(Debug, Clone, Deserialize)]
struct TokenResponse {
    access_token: String,
    expires_in: u64,
}

pub struct TokenSource {
    http: Client,
    client_id: String,
    client_secret: SecretString,
    current: Mutex<Option<(String, Instant)>>,
}

impl TokenSource {
    pub fn new(client_id: String, client_secret: SecretString) -> reqwest::Result<Self> {
        let http = Client::builder().timeout(Duration::from_secs(10)).build()?;
        Ok(Self { http, client_id, client_secret, current: Mutex::new(None) })
    }

    pub async fn bearer(&self) -> reqwest::Result<String> {
        let mut current = self.current.lock().await;
        if let Some((token, until)) = current.as_ref() {
            if *until > Instant::now() {
                return Ok(token.clone());
            }
        }

        let response: TokenResponse = self
            .http
            .post("https://accounts.spotify.com/api/token")
            .basic_auth(&self.client_id, Some(self.client_secret.expose_secret()))
            .form(&[("grant_type", "client_credentials")])
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        info!(?response, "spotify token renewed");

        let lifetime = Duration::from_secs(response.expires_in.saturating_sub(60));
        *current = Some((response.access_token.clone(), Instant::now() + lifetime));
        Ok(response.access_token)
    }
}
