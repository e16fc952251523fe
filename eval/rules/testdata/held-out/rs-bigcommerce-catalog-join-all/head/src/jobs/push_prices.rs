use std::time::Duration;

use chrono::Utc;
use futures::future::join_all;
use reqwest::Client;
use rust_decimal::Decimal;
use secrecy::ExposeSecret;
use sqlx::PgPool;
use tracing::{info, warn};

use crate::config::BigCommerce;

#[derive(Debug, sqlx::FromRow)]
struct Price {
    product_id: i64,
    variant_id: i64,
    price: Decimal,
}

async fn push_one(http: &Client, shop: &BigCommerce, price: &Price) -> reqwest::Result<()> {
    let url = format!(
        "https://api.bigcommerce.com/stores/{}/v3/catalog/products/{}/variants/{}",
        shop.store_hash, price.product_id, price.variant_id
    );
    http.put(url)
        .header("X-Auth-Token", shop.token.expose_secret())
        .json(&serde_json::json!({ "price": price.price }))
        .send()
        .await?
        .error_for_status()?;
    Ok(())
}

/// Nightly; the catalogue has about 40 000 variants.
pub async fn push_prices(pool: &PgPool, shop: &BigCommerce) -> anyhow::Result<()> {
    let http = Client::builder().timeout(Duration::from_secs(30)).build()?;
    let started = Utc::now();
    let prices: Vec<Price> =
        sqlx::query_as("select product_id, variant_id, price from prices where changed").fetch_all(pool).await?;

    let results = join_all(prices.iter().map(|price| push_one(&http, shop, price))).await;

    let mut done = Vec::with_capacity(prices.len());
    for (price, result) in prices.iter().zip(results) {
        match result {
            Ok(()) => done.push(price.variant_id),
            Err(err) => warn!(variant = price.variant_id, status = ?err.status(), "price not pushed"),
        }
    }
    sqlx::query("update prices set changed = false where variant_id = any($1) and changed_at < $2")
        .bind(&done)
        .bind(started)
        .execute(pool)
        .await?;
    info!(pushed = done.len(), failed = prices.len() - done.len(), "prices pushed");
    Ok(())
}
