from datetime import timedelta

import requests
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from crm.models import ZohoConnection

LEEWAY = timedelta(minutes=3)


class ZohoDisconnected(Exception):
    pass


def access_token(connection_id: int) -> str:
    current = ZohoConnection.objects.get(pk=connection_id)
    if current.fresh(LEEWAY):
        return current.access_token

    with transaction.atomic():
        locked = ZohoConnection.objects.select_for_update().get(pk=connection_id)
        # another worker may have renewed it while we waited for the lock
        if locked.fresh(LEEWAY):
            return locked.access_token
        grant = _refresh(locked)
        locked.access_token = grant["access_token"]
        locked.refresh_token = grant.get("refresh_token", locked.refresh_token)
        locked.expires_at = timezone.now() + timedelta(seconds=int(grant["expires_in"]))
        locked.save(update_fields=["access_token", "refresh_token", "expires_at"])
    return locked.access_token


def _refresh(connection: ZohoConnection) -> dict:
    response = requests.post(
        f"{connection.accounts_server}/oauth/v2/token",
        data={
            "grant_type": "refresh_token",
            "refresh_token": connection.refresh_token,
            "client_id": settings.ZOHO_CLIENT_ID,
            "client_secret": settings.ZOHO_CLIENT_SECRET,
        },
        timeout=(3, 8),
    )
    response.raise_for_status()
    body = response.json()
    if "error" in body:
        # Zoho reports a revoked grant with status 200
        raise ZohoDisconnected(body["error"])
    return body
