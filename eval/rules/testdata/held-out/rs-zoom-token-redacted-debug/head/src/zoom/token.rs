use std::fmt;
use std::time::Duration;

use reqwest::Client;
use serde::Deserialize;
use tracing::info;

use crate::config::ZoomSettings;

#[derive(Deserialize)]
pub struct ZoomToken {
    access_token: String,
    expires_in: u64,
    scope: String,
}

impl ZoomToken {
    pub fn bearer(&self) -> &str {
        &self.access_token
    }
}

impl fmt::Debug for ZoomToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ZoomToken")
            .field("access_token", &"***")
            .field("expires_in", &self.expires_in)
            .field("scope", &self.scope)
            .finish()
    }
}

pub async fn request_token(http: &Client, settings: &ZoomSettings) -> reqwest::Result<ZoomToken> {
    let token: ZoomToken = http
        .post("https://zoom.us/oauth/token")
        .basic_auth(&settings.client_id, Some(&settings.client_secret))
        .form(&[("grant_type", "account_credentials"), ("account_id", &settings.account_id)])
        .timeout(Duration::from_secs(10))
        .send()
        .await?
        .error_for_status()?
        .json()
        .await?;
    info!(?token, "zoom token issued");
    Ok(token)
}
