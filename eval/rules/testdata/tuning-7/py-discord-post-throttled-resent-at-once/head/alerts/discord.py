import logging

import requests

from alerts.models import Alert
from alerts.settings import settings

logger = logging.getLogger(__name__)
ATTEMPTS = 5
COLOURS = {"critical": 0xE01E5A, "warning": 0xECB22E, "info": 0x36C5F0}


class AlertNotDelivered(Exception):
    pass


def _embed(alert: Alert) -> dict:
    return {
        "title": alert.title[:256],
        "description": alert.summary[:2000],
        "color": COLOURS.get(alert.severity, COLOURS["info"]),
        "timestamp": alert.fired_at.isoformat(),
    }


def post_alert(alert: Alert) -> str:
    url = f"https://discord.com/api/v10/channels/{settings.alert_channel}/messages"
    payload = {"embeds": [_embed(alert)], "nonce": f"alert-{alert.id}"[:25], "enforce_nonce": True}
    headers = {"Authorization": f"Bot {settings.discord_bot_token}"}

    for attempt in range(1, ATTEMPTS + 1):
        response = requests.post(url, json=payload, headers=headers, timeout=(3, 10))
        if response.status_code == 429:
            logger.info("discord throttled alert %s (attempt %d)", alert.id, attempt)
            continue
        if not response.ok:
            logger.error("discord answered %d for alert %s", response.status_code, alert.id)
            raise AlertNotDelivered(alert.id)
        return response.json()["id"]

    raise AlertNotDelivered(alert.id)
