use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue, ACCEPT, AUTHORIZATION};
use reqwest::StatusCode;
use serde::Deserialize;

#[derive(Debug, thiserror::Error)]
pub enum GitHubError {
    #[error("organisation {0} is unknown or hidden")]
    Unknown(String),
    #[error("github answered {0}")]
    Status(StatusCode),
    #[error("github cannot be reached")]
    Transport(#[from] reqwest::Error),
    #[error("token holds characters that no header may hold")]
    Token,
}

#[derive(Debug, Deserialize)]
pub struct Repository {
    pub id: u64,
    pub full_name: String,
    pub archived: bool,
    pub default_branch: String,
}

pub struct GitHub {
    http: reqwest::Client,
}

impl GitHub {
    pub fn new(token: &str) -> Result<Self, GitHubError> {
        let mut auth = HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| GitHubError::Token)?;
        auth.set_sensitive(true);
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, auth);
        headers.insert(ACCEPT, HeaderValue::from_static("application/vnd.github+json"));
        headers.insert("x-github-api-version", HeaderValue::from_static("2022-11-28"));
        let http = reqwest::Client::builder()
            .user_agent("acme-inventory")
            .default_headers(headers)
            .connect_timeout(Duration::from_secs(3))
            .timeout(Duration::from_secs(15))
            .build()?;
        Ok(Self { http })
    }

    /// All repositories of the organisation that are not archived.
    pub async fn repositories(&self, org: &str) -> Result<Vec<Repository>, GitHubError> {
        let mut url = reqwest::Url::parse("https://api.github.com/orgs/").expect("constant url");
        url.path_segments_mut().expect("https url").pop_if_empty().extend([org, "repos"]);
        let response = self.http.get(url).query(&[("per_page", "100"), ("type", "all")]).send().await?;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND => return Err(GitHubError::Unknown(org.to_owned())),
            status => return Err(GitHubError::Status(status)),
        }
        let mut repositories: Vec<Repository> = response.json().await?;
        repositories.retain(|r| !r.archived);
        Ok(repositories)
    }
}
