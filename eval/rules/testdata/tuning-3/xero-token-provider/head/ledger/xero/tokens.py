import logging
from datetime import datetime, timedelta, timezone

import requests
from requests.auth import HTTPBasicAuth
from sqlalchemy.orm import Session

from ledger.config import settings
from ledger.crypto import decrypt, encrypt
from ledger.models import XeroConnection

log = logging.getLogger(__name__)

TOKEN_URL = "https://identity.xero.com/connect/token"
LEEWAY = timedelta(minutes=2)


class XeroDisconnected(Exception):
    pass


class XeroTokens:
    def __init__(self, db: Session) -> None:
        self._db = db

    def access_token(self, connection_id: int) -> str:
        connection = self._db.get_one(XeroConnection, connection_id)
        if connection.expires_at - LEEWAY > datetime.now(timezone.utc):
            return decrypt(connection.access_token)

        response = requests.post(
            TOKEN_URL,
            data={"grant_type": "refresh_token", "refresh_token": decrypt(connection.refresh_token)},
            auth=HTTPBasicAuth(settings.xero_client_id, settings.xero_client_secret),
            timeout=10,
        )
        if response.status_code == 400:
            raise XeroDisconnected(connection.tenant_name)
        response.raise_for_status()

        grant = response.json()
        connection.access_token = encrypt(grant["access_token"])
        connection.expires_at = datetime.now(timezone.utc) + timedelta(seconds=grant["expires_in"])
        self._db.commit()
        log.info("xero token renewed for %s", connection.tenant_name)
        return grant["access_token"]
