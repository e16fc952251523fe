use std::time::Duration;

use reqwest::{redirect::Policy, Client};

const AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// The one outgoing client of this service; clones share its pool.
pub fn shared() -> Result<Client, reqwest::Error> {
    Client::builder()
        .user_agent(AGENT)
        .https_only(true)
        .redirect(Policy::none())
        .connect_timeout(Duration::from_secs(3))
        .timeout(Duration::from_secs(15))
        .pool_idle_timeout(Duration::from_secs(60))
        .build()
}
