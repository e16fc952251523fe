import logging
from datetime import timedelta

import requests
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from books.models import IntuitConnection

logger = logging.getLogger(__name__)

TOKEN_ENDPOINT = "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer"
MARGIN = timedelta(minutes=3)


class ReconnectNeeded(Exception):
    """Intuit no longer accepts the refresh token."""


def _exchange(refresh_token: str) -> dict:
    response = requests.post(
        TOKEN_ENDPOINT,
        data={"grant_type": "refresh_token", "refresh_token": refresh_token},
        auth=(settings.INTUIT_CLIENT_ID, settings.INTUIT_CLIENT_SECRET),
        headers={"Accept": "application/json"},
        timeout=(3, 10),
    )
    if response.status_code == 400:
        raise ReconnectNeeded
    response.raise_for_status()
    return response.json()


def bearer_for(realm_id: str) -> str:
    with transaction.atomic():
        row = IntuitConnection.objects.select_for_update().get(realm_id=realm_id)
        if row.expires_at > timezone.now() + MARGIN:
            return row.access_token

        # Other workers wait on the row lock and find the new token afterwards.
        tokens = _exchange(row.refresh_token)
        row.access_token = tokens["access_token"]
        row.refresh_token = tokens["refresh_token"]
        row.expires_at = timezone.now() + timedelta(seconds=int(tokens["expires_in"]))
        row.save(update_fields=["access_token", "refresh_token", "expires_at"])
    logger.info("token of realm %s renewed", realm_id)
    return row.access_token
