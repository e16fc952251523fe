use std::time::Duration;

use sqlx::PgPool;

#[derive(Clone)]
pub struct AppState {
    pub db: PgPool,
    pub http: reqwest::Client,
}

impl AppState {
    pub fn new(db: PgPool) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(2))
            .timeout(Duration::from_secs(6))
            .redirect(reqwest::redirect::Policy::none())
            .https_only(true)
            .user_agent(concat!("northpantry-tax/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { db, http })
    }
}
