use std::io::Read;

use csv::{ReaderBuilder, Trim};
use serde::Deserialize;
use thiserror::Error;
use time::{macros::format_description, Date};

#[derive(Debug, Error)]
pub enum SettlementError {
    #[error("line {line}: {source}")]
    Csv { line: usize, source: csv::Error },
    #[error("line {line}: bad date")]
    Date { line: usize },
}

#[derive(Debug, Deserialize)]
struct Row {
    reference: String,
    booked_on: String,
    amount: f64,
    currency: String,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Settlement {
    pub reference: String,
    pub booked_on: Date,
    pub amount_cents: i64,
    pub currency: String,
}

pub fn read(input: impl Read) -> Result<Vec<Settlement>, SettlementError> {
    let format = format_description!("[year]-[month]-[day]");
    let mut reader = ReaderBuilder::new().delimiter(b';').trim(Trim::All).from_reader(input);
    let mut settlements = Vec::new();
    for (index, row) in reader.deserialize::<Row>().enumerate() {
        let line = index + 2;
        let row = row.map_err(|source| SettlementError::Csv { line, source })?;
        let booked_on = Date::parse(&row.booked_on, &format).map_err(|_| SettlementError::Date { line })?;
        settlements.push(Settlement {
            reference: row.reference,
            booked_on,
            amount_cents: (row.amount * 100.0) as i64,
            currency: row.currency,
        });
    }
    Ok(settlements)
}
