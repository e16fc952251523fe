import logging

import stripe
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from shop.checkout.config import STRIPE_PUBLISHABLE_KEY, stripe_client
from shop.orders.models import Order

log = logging.getLogger(__name__)


@login_required
@require_GET
def pay(request: HttpRequest, number: str) -> HttpResponse:
    order = get_object_or_404(Order, number=number, customer__user=request.user)
    if not order.is_payable:
        raise Http404

    try:
        intent = stripe_client().payment_intents.create(
            params={
                "amount": order.total_minor,
                "currency": order.currency.lower(),
                "metadata": {"order": order.number},
            },
            options={"idempotency_key": f"order-{order.pk}-{order.total_minor}"},
        )
    except stripe.StripeError as exc:
        log.error("payment intent for order %s failed: %s", order.number, exc.code)
        return render(request, "checkout/unavailable.html", status=503)

    return render(
        request,
        "checkout/pay.html",
        {
            "order": order,
            "publishable_key": STRIPE_PUBLISHABLE_KEY,
            "client_secret": intent.client_secret,
        },
    )
