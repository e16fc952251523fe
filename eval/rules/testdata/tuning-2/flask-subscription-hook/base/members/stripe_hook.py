import logging

import stripe
from flask import Blueprint, abort, current_app, request
from sqlalchemy import text

from members.db import engine

logger = logging.getLogger(__name__)
bp = Blueprint("stripe_hook", __name__)

MAX_BODY = 512 * 1024

STATUS = {
    "customer.subscription.created": None,
    "customer.subscription.updated": None,
    "customer.subscription.deleted": "canceled",
}


@bp.post("/hooks/stripe")
def stripe_hook():
    if request.content_length is None or request.content_length > MAX_BODY:
        abort(413)
    try:
        event = stripe.Webhook.construct_event(
            request.get_data(),
            request.headers.get("Stripe-Signature", ""),
            current_app.config["STRIPE_WEBHOOK_SECRET"],
        )
    except (ValueError, stripe.SignatureVerificationError) as exc:
        logger.warning("stripe event refused: %s", type(exc).__name__)
        abort(400)

    if event.type not in STATUS:
        return "", 200

    subscription = event.data.object
    with engine.begin() as conn:
        fresh = conn.execute(
            text("INSERT INTO stripe_events (id) VALUES (:id) ON CONFLICT DO NOTHING"),
            {"id": event.id},
        ).rowcount
        if fresh:
            conn.execute(
                text("UPDATE memberships SET status = :status WHERE stripe_subscription = :sub"),
                {"status": STATUS[event.type] or subscription.status, "sub": subscription.id},
            )
    return "", 200
