import logging
from datetime import timedelta

import requests
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounting.models import XeroConnection

logger = logging.getLogger(__name__)

TOKEN_URL = "https://identity.xero.com/connect/token"
LEEWAY = timedelta(minutes=2)


class ReconnectRequired(Exception):
    pass


def access_token(connection_id: int) -> str:
    with transaction.atomic():
        connection = XeroConnection.objects.select_for_update().get(pk=connection_id)
        if connection.expires_at - LEEWAY > timezone.now():
            return connection.access_token
        response = requests.post(
            TOKEN_URL,
            data={"grant_type": "refresh_token", "refresh_token": connection.refresh_token},
            auth=(settings.XERO_CLIENT_ID, settings.XERO_CLIENT_SECRET),
            timeout=10,
        )
        if response.status_code == 400:
            raise ReconnectRequired(f"connection {connection_id}")
        response.raise_for_status()
        body = response.json()
        connection.access_token = body["access_token"]
        connection.expires_at = timezone.now() + timedelta(seconds=body["expires_in"])
        connection.save(update_fields=["access_token", "expires_at"])
        logger.info("xero token of connection %s refreshed", connection_id)
        return connection.access_token
