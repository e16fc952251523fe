import logging

import requests
from flask import Blueprint, Response, current_app, request

from shop.models import Order, PaypalMessage, db

logger = logging.getLogger(__name__)
bp = Blueprint("paypal_ipn", __name__)

VERIFY_URL = "https://ipnpb.paypal.com/cgi-bin/webscr"


def _confirmed_by_paypal(raw: bytes) -> bool:
    answer = requests.post(
        VERIFY_URL,
        data=b"cmd=_notify-validate&" + raw,
        headers={"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "shop-ipn/1.4"},
        timeout=15,
    )
    answer.raise_for_status()
    return answer.text == "VERIFIED"


@bp.post("/paypal/ipn")
def ipn() -> Response:
    raw = request.get_data(cache=True, parse_form_data=False)
    if not _confirmed_by_paypal(raw):
        logger.warning("IPN not confirmed by paypal")
        return Response(status=400)

    form = request.form
    order = db.session.get(Order, form.get("invoice", ""))
    if order is None:
        logger.warning("IPN for unknown order")
        return Response(status=200)

    if not PaypalMessage.claim(form.get("txn_id"), form.get("payment_status")):
        return Response(status=200)
    if form.get("payment_status") == "Completed":
        order.mark_paid(paypal_transaction=form["txn_id"])
    elif form.get("payment_status") in {"Refunded", "Reversed"}:
        order.mark_refunded()
    db.session.commit()
    current_app.logger.info("order %s: %s", order.id, form.get("payment_status"))
    return Response(status=200)
