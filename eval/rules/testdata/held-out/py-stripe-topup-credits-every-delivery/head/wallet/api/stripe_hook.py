import logging

import stripe
from flask import Blueprint, abort, current_app, request

from wallet.extensions import db
from wallet.models import LedgerEntry, Wallet

log = logging.getLogger(__name__)
bp = Blueprint("wallet_stripe", __name__)


@bp.post("/hooks/stripe/topups")
def topups():
    try:
        event = stripe.Webhook.construct_event(
            request.get_data(),
            request.headers.get("Stripe-Signature", ""),
            current_app.config["STRIPE_TOPUP_SECRET"],
        )
    except (ValueError, stripe.SignatureVerificationError):
        abort(400)

    if event["type"] != "payment_intent.succeeded":
        return "", 200

    intent = event["data"]["object"]
    wallet_id = intent["metadata"].get("wallet_id")
    if wallet_id is None:
        log.info("payment intent %s does not belong to a wallet", intent["id"])
        return "", 200

    wallet = db.session.get(Wallet, int(wallet_id), with_for_update=True)
    if wallet is None:
        log.error("payment intent %s names unknown wallet %s", intent["id"], wallet_id)
        abort(404)
    if wallet.currency != intent["currency"]:
        log.error("payment intent %s has currency %s", intent["id"], intent["currency"])
        abort(422)

    wallet.balance_minor += intent["amount_received"]
    db.session.add(
        LedgerEntry(wallet=wallet, amount_minor=intent["amount_received"], kind="topup")
    )
    db.session.commit()
    return "", 200
