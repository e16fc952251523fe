import stripe
from celery import shared_task
from celery.utils.log import get_task_logger
from django.conf import settings

from invoicing.models import Invoice

logger = get_task_logger(__name__)

stripe.api_key = settings.STRIPE_SECRET_KEY
stripe.api_version = "2024-06-20"


@shared_task(
    bind=True,
    acks_late=True,
    autoretry_for=(stripe.error.APIConnectionError, stripe.error.RateLimitError),
    retry_backoff=2,
    retry_jitter=True,
    max_retries=6,
)
def charge_invoice(self, invoice_id: int) -> None:
    invoice = Invoice.objects.select_related("customer").get(pk=invoice_id)
    if invoice.state != Invoice.State.OPEN:
        return

    try:
        intent = stripe.PaymentIntent.create(
            amount=invoice.total_minor,
            currency=invoice.currency.lower(),
            customer=invoice.customer.stripe_id,
            payment_method=invoice.customer.default_payment_method,
            off_session=True,
            confirm=True,
            metadata={"invoice_id": str(invoice.pk)},
            idempotency_key=f"invoice-{invoice.pk}-attempt-{invoice.collection_round}",
        )
    except stripe.error.CardError as exc:
        logger.info("invoice %s declined: %s", invoice.pk, exc.code)
        invoice.mark_declined(exc.code)
        return

    invoice.mark_charged(intent.id)
