import logging

from flask import Blueprint, current_app, request
from gocardless_pro import webhooks
from gocardless_pro.errors import InvalidSignatureError

from directdebit.tasks import refresh_mandate

log = logging.getLogger(__name__)
bp = Blueprint("gocardless", __name__)


@bp.post("/hooks/gocardless")
def gocardless_hook():
    try:
        events = webhooks.parse(
            request.get_data(),
            current_app.config["GOCARDLESS_WEBHOOK_SECRET"],
            request.headers.get("Webhook-Signature", ""),
        )
    except InvalidSignatureError:
        log.warning("gocardless hook with invalid signature")
        return "", 498

    mandates = {e.links.mandate for e in events if e.resource_type == "mandates"}
    for mandate_id in sorted(mandates):
        refresh_mandate.delay(mandate_id)
    return "", 204
