import structlog
import httpx

from banking.masking import mask
from banking.store import ConsentStore

logger = structlog.get_logger(__name__)


class ConsentRejected(Exception):
    pass


class TinkConsents:
    def __init__(self, client: httpx.Client, client_id: str, client_secret: str, store: ConsentStore):
        self._client = client
        self._client_id = client_id
        self._client_secret = client_secret
        self._store = store

    def exchange(self, user_id: int, code: str) -> None:
        response = self._client.post(
            "https://api.tink.com/api/v1/oauth/token",
            data={
                "grant_type": "authorization_code",
                "code": code,
                "client_id": self._client_id,
                "client_secret": self._client_secret,
            },
            timeout=10.0,
        )
        if response.status_code != 200:
            logger.warning("tink.exchange_rejected", user_id=user_id, status=response.status_code)
            raise ConsentRejected(f"status {response.status_code}")

        body = response.json()
        self._store.save_encrypted(
            user_id,
            access_token=body["access_token"],
            refresh_token=body["refresh_token"],
            expires_in=int(body["expires_in"]),
        )
