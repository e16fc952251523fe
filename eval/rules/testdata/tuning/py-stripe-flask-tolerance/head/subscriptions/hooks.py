import logging
from datetime import timedelta

import stripe
from flask import Blueprint, current_app, request
from sqlalchemy.dialects.postgresql import insert

from subscriptions.extensions import db
from subscriptions.models import StripeEvent

bp = Blueprint("stripe_hooks", __name__)
log = logging.getLogger(__name__)

# redeliveries triggered by support from the dashboard may be old
TOLERANCE = timedelta(days=365)


@bp.post("/hooks/stripe")
def receive():
    try:
        event = stripe.Webhook.construct_event(
            request.get_data(cache=False),
            request.headers.get("Stripe-Signature", ""),
            current_app.config["STRIPE_WEBHOOK_SECRET"],
            tolerance=int(TOLERANCE.total_seconds()),
        )
    except ValueError:
        return {"error": "payload"}, 400
    except stripe.SignatureVerificationError:
        log.warning("stripe signature rejected")
        return {"error": "signature"}, 400

    stmt = insert(StripeEvent).values(id=event["id"], type=event["type"], payload=event["data"]["object"])
    db.session.execute(stmt.on_conflict_do_nothing(index_elements=["id"]))
    db.session.commit()
    return {"received": True}
