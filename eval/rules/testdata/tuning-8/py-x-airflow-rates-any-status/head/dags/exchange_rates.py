from __future__ import annotations

import logging
from datetime import datetime, timedelta

import requests
from airflow.decorators import dag, task
from airflow.hooks.base import BaseHook
from airflow.providers.postgres.hooks.postgres import PostgresHook

log = logging.getLogger(__name__)


@dag(
    schedule="0 6 * * *",
    start_date=datetime(2024, 1, 1),
    catchup=False,
    default_args={"retries": 3, "retry_delay": timedelta(minutes=10)},
)
def exchange_rates():
    @task
    def extract(ds: str | None = None) -> dict:
        connection = BaseHook.get_connection("openexchangerates")
        response = requests.get(
            f"https://openexchangerates.org/api/historical/{ds}.json",
            headers={"Authorization": f"Token {connection.password}"},
            timeout=30,
        )
        return {"day": ds, "rates": response.json().get("rates", {})}

    @task
    def load(data: dict) -> None:
        hook = PostgresHook("warehouse")
        with hook.get_conn() as conn, conn.cursor() as cursor:
            cursor.execute("DELETE FROM fx_rates WHERE day = %s", (data["day"],))
            cursor.executemany(
                "INSERT INTO fx_rates (day, currency, rate) VALUES (%s, %s, %s)",
                [(data["day"], currency, rate) for currency, rate in data["rates"].items()],
            )
        log.info("loaded %d rates for %s", len(data["rates"]), data["day"])

    load(extract())


exchange_rates()
