import logging
from typing import Iterable

import httpx
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Engine

from crm.schema import company_domains

logger = logging.getLogger(__name__)

PAGE_SIZE = 100
COMPANIES = "https://api.hubapi.com/crm/v3/objects/companies"


def fetch_companies(token: str) -> Iterable[dict]:
    with httpx.Client(timeout=15.0, headers={"Authorization": f"Bearer {token}"}) as client:
        response = client.get(COMPANIES, params={"limit": PAGE_SIZE, "properties": "domain,name"})
        response.raise_for_status()
        return response.json()["results"]


def index(engine: Engine, token: str) -> int:
    rows = [
        {"company_id": int(c["id"]), "domain": c["properties"]["domain"].lower()}
        for c in fetch_companies(token)
        if c["properties"].get("domain")
    ]
    if not rows:
        raise RuntimeError("hubspot returned no company with a domain, the index is left as it is")

    statement = insert(company_domains).values(rows)
    with engine.begin() as conn:
        conn.execute(
            statement.on_conflict_do_update(
                index_elements=["company_id"], set_={"domain": statement.excluded.domain}
            )
        )
        conn.execute(
            delete(company_domains).where(company_domains.c.company_id.not_in([r["company_id"] for r in rows]))
        )
    logger.info("%d companies indexed", len(rows))
    return len(rows)
