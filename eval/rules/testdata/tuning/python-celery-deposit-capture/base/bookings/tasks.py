import stripe
from celery import shared_task
from celery.utils.log import get_task_logger

from bookings.models import Booking
from bookings.payments import stripe_client

logger = get_task_logger(__name__)


@shared_task(
    bind=True,
    acks_late=True,
    autoretry_for=(stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError),
    retry_backoff=True,
    retry_backoff_max=300,
    retry_jitter=True,
    max_retries=8,
)
def take_deposit(self, booking_id: int) -> None:
    booking = Booking.objects.select_related("guest").get(pk=booking_id)
    if booking.deposit_intent_id or booking.is_cancelled:
        return

    try:
        intent = stripe_client().payment_intents.create(
            params={
                "amount": booking.deposit_minor,
                "currency": booking.currency.lower(),
                "customer": booking.guest.stripe_id,
                "payment_method": booking.guest.payment_method_id,
                "off_session": True,
                "confirm": True,
                "metadata": {"booking": str(booking.pk)},
            },
            options={"idempotency_key": f"deposit:{booking.pk}"},
        )
    except stripe.CardError as exc:
        logger.info("deposit for booking %s declined: %s", booking.pk, exc.code)
        booking.mark_deposit_declined(exc.code)
        return

    Booking.objects.filter(pk=booking.pk, deposit_intent_id=None).update(deposit_intent_id=intent.id)
