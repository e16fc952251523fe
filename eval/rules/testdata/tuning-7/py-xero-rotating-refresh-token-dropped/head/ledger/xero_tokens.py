import logging
from datetime import timedelta

import requests
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ledger.models import XeroConnection

logger = logging.getLogger(__name__)
TOKEN_URL = "https://identity.xero.com/connect/token"
MARGIN = timedelta(minutes=2)


class XeroDisconnected(Exception):
    pass


def access_token(connection_id: int) -> str:
    with transaction.atomic():
        connection = XeroConnection.objects.select_for_update().get(pk=connection_id)
        if connection.expires_at - MARGIN <= timezone.now():
            _refresh(connection)
        return connection.access_token


def _refresh(connection: XeroConnection) -> None:
    response = requests.post(
        TOKEN_URL,
        data={"grant_type": "refresh_token", "refresh_token": connection.refresh_token},
        auth=(settings.XERO_CLIENT_ID, settings.XERO_CLIENT_SECRET),
        timeout=(3, 10),
    )
    if response.status_code == 400:
        logger.warning("xero refused the refresh token of connection %s", connection.pk)
        raise XeroDisconnected(connection.pk)
    response.raise_for_status()

    body = response.json()
    connection.access_token = body["access_token"]
    connection.expires_at = timezone.now() + timedelta(seconds=int(body["expires_in"]))
    connection.save(update_fields=["access_token", "expires_at"])
    logger.info("xero token of connection %s renewed", connection.pk)
