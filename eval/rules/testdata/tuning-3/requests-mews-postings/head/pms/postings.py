import uuid

import requests

from pms.models import FolioPosting

NAMESPACE = uuid.UUID("6f1c2a52-9d0e-4c57-9a3f-0f9f6f5f1f7e")


class PostingRejected(Exception):
    pass


class Postings:
    def __init__(self, session: requests.Session, base_url: str) -> None:
        self._session = session
        self._url = f"{base_url}/v2/folios"

    def post(self, posting: FolioPosting) -> str:
        response = self._session.post(
            f"{self._url}/{posting.folio_id}/postings",
            json={
                "amount": str(posting.amount),
                "currency": posting.currency,
                "text": posting.text,
                "business_date": posting.business_date.isoformat(),
            },
            headers={"Idempotency-Key": str(uuid.uuid5(NAMESPACE, f"posting:{posting.pk}"))},
        )
        if response.status_code == 422:
            raise PostingRejected(response.json().get("title", "rejected"))
        response.raise_for_status()
        return response.json()["id"]
