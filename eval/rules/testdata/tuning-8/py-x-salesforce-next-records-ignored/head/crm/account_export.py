import csv
import logging
import sys
from pathlib import Path

import requests

from crm.sf_auth import SalesforceAuth

log = logging.getLogger("account_export")

SOQL = "SELECT Id, Name, BillingCountry, Owner.Email, AnnualRevenue FROM Account WHERE IsDeleted = false"
COLUMNS = ("Id", "Name", "BillingCountry", "OwnerEmail", "AnnualRevenue")


def accounts(auth: SalesforceAuth) -> list[dict]:
    response = requests.get(
        f"{auth.instance_url}/services/data/v60.0/query",
        params={"q": SOQL},
        headers={"Authorization": f"Bearer {auth.token()}"},
        timeout=(5, 120),
    )
    response.raise_for_status()
    return response.json()["records"]


def write(rows: list[dict], target: Path) -> None:
    with target.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, COLUMNS, extrasaction="ignore")
        writer.writeheader()
        for row in rows:
            writer.writerow({**row, "OwnerEmail": (row.get("Owner") or {}).get("Email", "")})


def main() -> int:
    auth = SalesforceAuth.from_environment()
    rows = accounts(auth)
    write(rows, Path(sys.argv[1]))
    log.info("exported %d accounts", len(rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
