use std::{env, fs::File, io::BufWriter, thread, time::Duration};

use anyhow::{bail, Context, Result};
use reqwest::{blocking::Client, StatusCode};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
struct Vehicle {
    id: String,
    name: String,
    vin: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    data: Vec<Vehicle>,
    pagination: Pagination,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pagination {
    end_cursor: String,
    has_next_page: bool,
}

fn main() -> Result<()> {
    let token = env::var("SAMSARA_API_TOKEN").context("SAMSARA_API_TOKEN is not set")?;
    let target = env::args().nth(1).context("usage: vehicle_export <file>")?;
    let http = Client::new();
    let mut after = String::new();
    let mut vehicles = Vec::new();
    let mut waits = 0;
    loop {
        let response = http
            .get("https://api.samsara.com/fleet/vehicles")
            .bearer_auth(&token)
            .query(&[("limit", "512"), ("after", after.as_str())])
            .send()?;
        if response.status() == StatusCode::TOO_MANY_REQUESTS && waits < 5 {
            waits += 1;
            thread::sleep(Duration::from_secs(2 * waits));
            continue;
        }
        if !response.status().is_success() {
            bail!("samsara answered {}", response.status());
        }
        let page: Page = response.json()?;
        vehicles.extend(page.data);
        if !page.pagination.has_next_page {
            break;
        }
        after = page.pagination.end_cursor;
    }
    serde_json::to_writer_pretty(BufWriter::new(File::create(target)?), &vehicles)?;
    Ok(())
}
