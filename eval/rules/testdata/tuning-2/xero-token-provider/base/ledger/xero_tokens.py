"""Access tokens for Xero, shared by all Celery workers."""
from datetime import timedelta

import httpx
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ledger.models import XeroConnection

TOKEN_URL = "https://identity.xero.com/connect/token"
EARLY = timedelta(minutes=2)


class XeroAuthError(Exception):
    """The tenant has to connect Xero again."""


def _refresh(refresh_token: str) -> dict:
    response = httpx.post(
        TOKEN_URL,
        data={"grant_type": "refresh_token", "refresh_token": refresh_token},
        auth=(settings.XERO_CLIENT_ID, settings.XERO_CLIENT_SECRET),
        timeout=10.0,
    )
    if response.status_code == 400:
        raise XeroAuthError("xero refused the refresh token")
    response.raise_for_status()
    return response.json()


@transaction.atomic
def valid_access_token(tenant_id: str) -> str:
    connection = XeroConnection.objects.select_for_update().get(tenant_id=tenant_id)
    if connection.expires_at - EARLY > timezone.now():
        return connection.access_token

    tokens = _refresh(connection.refresh_token)
    connection.access_token = tokens["access_token"]
    connection.refresh_token = tokens["refresh_token"]
    connection.expires_at = timezone.now() + timedelta(seconds=tokens["expires_in"])
    connection.save(update_fields=["access_token", "refresh_token", "expires_at"])
    return connection.access_token
