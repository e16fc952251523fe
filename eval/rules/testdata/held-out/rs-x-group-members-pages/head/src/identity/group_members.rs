use std::time::Duration;

use anyhow::{Context, Result};
use reqwest::{
    header::{HeaderMap, ACCEPT, AUTHORIZATION, LINK},
    Client, Url,
};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct Member {
    pub id: String,
    pub status: String,
}

pub struct GroupMembers {
    http: Client,
    org: Url,
    token: String,
}

impl GroupMembers {
    pub fn new(org: Url, token: String) -> Result<Self> {
        let http = Client::builder().timeout(Duration::from_secs(20)).build()?;
        Ok(Self { http, org, token })
    }

    pub async fn of(&self, group: &str) -> Result<Vec<Member>> {
        let mut members = Vec::new();
        let mut next = Some(self.org.join(&format!("api/v1/groups/{group}/users?limit=200"))?);
        while let Some(url) = next {
            let response = self
                .http
                .get(url)
                .header(AUTHORIZATION, format!("SSWS {}", self.token))
                .header(ACCEPT, "application/json")
                .send()
                .await?
                .error_for_status()
                .with_context(|| format!("members of group {group}"))?;
            next = next_link(response.headers()).filter(|url| url.origin() == self.org.origin());
            members.extend(response.json::<Vec<Member>>().await?);
        }
        Ok(members)
    }
}

fn next_link(headers: &HeaderMap) -> Option<Url> {
    headers
        .get_all(LINK)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .find(|part| part.contains("rel=\"next\""))
        .and_then(|part| part.trim().strip_prefix('<')?.split_once('>'))
        .and_then(|(address, _)| Url::parse(address).ok())
}
