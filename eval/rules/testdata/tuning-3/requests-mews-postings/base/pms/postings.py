import requests

from pms.models import FolioPosting


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
        )
        if response.status_code == 422:
            raise PostingRejected(response.json().get("title", "rejected"))
        response.raise_for_status()
        return response.json()["id"]
