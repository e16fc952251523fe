import logging
import random
import time
import uuid

import requests

from payouts.models import Payout

log = logging.getLogger(__name__)
ATTEMPTS = 4


class WiseError(Exception):
    pass


class WiseTransfers:
    def __init__(self, base_url: str, token: str) -> None:
        self._base_url = base_url
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"

    def create(self, payout: Payout, quote_id: str) -> int:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                response = self._session.post(
                    f"{self._base_url}/v1/transfers",
                    json={
                        "targetAccount": payout.recipient_id,
                        "quoteUuid": quote_id,
                        "customerTransactionId": str(uuid.uuid4()),
                        "details": {"reference": payout.reference},
                    },
                    timeout=(3, 20),
                )
            except (requests.ConnectionError, requests.Timeout) as exc:
                log.warning("wise attempt %d for payout %s: %s", attempt, payout.id, type(exc).__name__)
            else:
                if response.status_code < 500 and response.status_code != 429:
                    break
                log.warning("wise attempt %d for payout %s: %d", attempt, payout.id, response.status_code)
            if attempt < ATTEMPTS:
                time.sleep(2**attempt + random.random())
        else:
            raise WiseError(f"payout {payout.id}: no answer after {ATTEMPTS} attempts")

        if not response.ok:
            raise WiseError(f"payout {payout.id}: wise answered {response.status_code}")
        return int(response.json()["id"])
