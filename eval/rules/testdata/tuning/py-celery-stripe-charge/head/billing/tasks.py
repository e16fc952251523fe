import logging

import stripe
from celery import shared_task
from django.conf import settings

from billing.models import Invoice

logger = logging.getLogger(__name__)

stripe.api_version = "2024-06-20"
stripe.default_http_client = stripe.RequestsClient(timeout=20)


@shared_task(
    bind=True,
    acks_late=True,
    autoretry_for=(stripe.APIConnectionError, stripe.RateLimitError),
    retry_backoff=5,
    retry_backoff_max=600,
    retry_jitter=True,
    max_retries=6,
)
def charge_invoice(self, invoice_id: int) -> str:
    invoice = Invoice.objects.select_related("customer").get(pk=invoice_id)
    if invoice.payment_intent_id:
        return invoice.payment_intent_id

    intent = stripe.PaymentIntent.create(
        api_key=settings.STRIPE_SECRET_KEY,
        amount=invoice.total_minor,
        currency=invoice.currency.lower(),
        customer=invoice.customer.stripe_id,
        payment_method=invoice.customer.default_payment_method,
        off_session=True,
        confirm=True,
        metadata={"invoice": str(invoice.pk)},
    )
    Invoice.objects.filter(pk=invoice.pk).update(payment_intent_id=intent.id)
    logger.info("invoice %s charged with %s, attempt %s", invoice.pk, intent.id, self.request.retries)
    return intent.id
