from datetime import timedelta

import requests
from django.conf import settings
from django.utils import timezone

from accounting.models import QboConnection

TOKEN_URL = "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer"
LEEWAY = timedelta(minutes=5)


class QboTokenService:
    """Tokens are kept in EncryptedTextField columns of QboConnection."""

    def access_token(self, connection_id: int) -> str:
        conn = QboConnection.objects.get(pk=connection_id)
        if conn.expires_at - LEEWAY > timezone.now():
            return conn.access_token
        return self._refresh(conn)

    def _refresh(self, conn: QboConnection) -> str:
        res = requests.post(
            TOKEN_URL,
            auth=(settings.QBO_CLIENT_ID, settings.QBO_CLIENT_SECRET),
            data={"grant_type": "refresh_token", "refresh_token": conn.refresh_token},
            timeout=10,
        )
        res.raise_for_status()
        body = res.json()
        conn.access_token = body["access_token"]
        conn.refresh_token = body["refresh_token"]
        conn.expires_at = timezone.now() + timedelta(seconds=body["expires_in"])
        conn.save(update_fields=["access_token", "refresh_token", "expires_at"])
        return conn.access_token
