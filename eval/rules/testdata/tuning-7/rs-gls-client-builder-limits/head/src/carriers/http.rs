use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};

use crate::carriers::CarrierError;

/// The client of all carriers. Each call is made from a request of a user, hence the short limits.
pub fn carrier_client(carrier: &'static str) -> Result<Client, CarrierError> {
    let client = ClientBuilder::new()
        .user_agent(format!("parcelboard/{carrier}"))
        .connect_timeout(Duration::from_secs(3))
        .timeout(Duration::from_secs(12))
        .pool_idle_timeout(Duration::from_secs(60))
        .redirect(Policy::none())
        .https_only(true)
        .build()?;
    tracing::debug!(carrier, "http client built");
    Ok(client)
}
