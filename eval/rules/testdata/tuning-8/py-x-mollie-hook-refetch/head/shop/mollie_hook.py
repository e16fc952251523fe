import logging
from decimal import Decimal

from fastapi import APIRouter, Depends, Form, Response
from mollie.api.client import Client
from mollie.api.error import NotFoundError
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.db import session_scope
from shop.mollie import mollie_client
from shop.models import Order

router = APIRouter()
log = logging.getLogger("shop.mollie")


@router.post("/webhooks/mollie")
def payment_changed(
    id: str = Form(pattern=r"^tr_[A-Za-z0-9]+$", max_length=64),
    session: Session = Depends(session_scope),
    mollie: Client = Depends(mollie_client),
) -> Response:
    order = session.scalars(select(Order).where(Order.mollie_id == id).with_for_update()).one_or_none()
    if order is None:
        return Response(status_code=200)

    try:
        payment = mollie.payments.get(id)
    except NotFoundError:
        log.warning("order %s refers to a payment unknown to mollie", order.id)
        return Response(status_code=200)

    if payment.is_paid() and order.status == "open":
        if Decimal(payment.amount["value"]) != order.total or payment.amount["currency"] != order.currency:
            log.error("order %s paid with a different amount", order.id)
            order.status = "review"
        else:
            order.status = "paid"
    elif (payment.is_canceled() or payment.is_expired() or payment.is_failed()) and order.status == "open":
        order.status = "unpaid"
    session.commit()
    return Response(status_code=200)
