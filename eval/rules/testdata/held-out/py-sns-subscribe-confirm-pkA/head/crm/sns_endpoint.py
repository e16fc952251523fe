import json
import logging

import requests
from flask import Blueprint, request

from crm.suppression import suppress

bp = Blueprint("sns", __name__)
log = logging.getLogger(__name__)


@bp.post("/hooks/sns/complaints")
def complaints():
    message = request.get_json(force=True, silent=True)
    if not isinstance(message, dict):
        return "", 400

    kind = message.get("Type")
    if kind == "SubscriptionConfirmation":
        response = requests.get(message["SubscribeURL"], timeout=5)
        response.raise_for_status()
        log.info("confirmed subscription of %s", message.get("TopicArn"))
        return "", 200

    if kind != "Notification":
        return "", 204

    try:
        notification = json.loads(message["Message"])
        recipients = notification["complaint"]["complainedRecipients"]
        addresses = [recipient["emailAddress"] for recipient in recipients]
        message_id = message["MessageId"]
    except (KeyError, TypeError, ValueError):
        log.warning("sns notification of unknown shape")
        return "", 400

    for address in addresses:
        # unique (address, message_id)
        suppress(address.lower(), reason="complaint", source_id=message_id)
    return "", 200
