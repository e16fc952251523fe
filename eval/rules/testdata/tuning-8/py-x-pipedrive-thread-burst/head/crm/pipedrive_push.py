import logging
from concurrent.futures import ThreadPoolExecutor

import requests

from crm.models import Deal
from crm.settings import PIPEDRIVE_DOMAIN, PIPEDRIVE_TOKEN

log = logging.getLogger("crm.pipedrive")

BASE = f"https://{PIPEDRIVE_DOMAIN}.pipedrive.com/api/v2"
ATTEMPTS = 10


class PushFailed(Exception):
    pass


def push(deal: Deal) -> None:
    for _ in range(ATTEMPTS):
        response = requests.patch(
            f"{BASE}/deals/{deal.pipedrive_id}",
            json={"title": deal.title, "value": float(deal.value), "stage_id": deal.stage_id},
            headers={"x-api-token": PIPEDRIVE_TOKEN},
            timeout=10,
        )
        if response.status_code == 429:
            continue
        if not response.ok:
            raise PushFailed(f"deal {deal.id}: {response.status_code}")
        return
    raise PushFailed(f"deal {deal.id}: still limited after {ATTEMPTS} attempts")


def push_all(deals: list[Deal]) -> list[int]:
    failed: list[int] = []
    with ThreadPoolExecutor(max_workers=64) as pool:
        for deal, future in [(deal, pool.submit(push, deal)) for deal in deals]:
            try:
                future.result()
            except (PushFailed, requests.RequestException) as exc:
                log.error("push failed: %s", exc)
                failed.append(deal.id)
    log.info("pushed %d deals, %d failed", len(deals) - len(failed), len(failed))
    return failed
