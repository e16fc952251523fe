import datetime as dt
import logging

import requests
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounting.models import QuickBooksConnection

logger = logging.getLogger(__name__)

TOKEN_URL = "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer"
LEEWAY = dt.timedelta(minutes=3)


class ReconnectNeeded(Exception):
    """The grant is gone; the customer has to connect QuickBooks again."""


def access_token(realm_id: str) -> str:
    with transaction.atomic():
        connection = QuickBooksConnection.objects.select_for_update().get(realm_id=realm_id)
        if connection.access_token_expires_at - LEEWAY > timezone.now():
            return connection.access_token

        response = requests.post(
            TOKEN_URL,
            auth=(settings.QUICKBOOKS_CLIENT_ID, settings.QUICKBOOKS_CLIENT_SECRET),
            data={"grant_type": "refresh_token", "refresh_token": connection.refresh_token},
            headers={"Accept": "application/json"},
            timeout=15,
        )
        if response.status_code == 400 and response.json().get("error") == "invalid_grant":
            logger.warning("quickbooks grant of realm %s is gone", realm_id)
            raise ReconnectNeeded(realm_id)
        response.raise_for_status()
        token = response.json()

        connection.access_token = token["access_token"]
        connection.access_token_expires_at = timezone.now() + dt.timedelta(seconds=token["expires_in"])
        connection.save(update_fields=["access_token", "access_token_expires_at"])
        return connection.access_token
