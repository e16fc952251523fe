use std::time::Duration;

use reqwest::{redirect, Client};

/// The one client of the process; cloning it shares the pool.
pub fn client() -> reqwest::Result<Client> {
    Client::builder()
        .connect_timeout(Duration::from_secs(3))
        .timeout(Duration::from_secs(8))
        .redirect(redirect::Policy::none())
        .user_agent(concat!("fahrtenbuch/", env!("CARGO_PKG_VERSION")))
        .build()
}
