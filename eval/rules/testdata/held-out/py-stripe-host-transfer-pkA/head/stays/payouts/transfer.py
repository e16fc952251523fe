import logging

import stripe
from django.conf import settings
from django.db import transaction

from stays.models import HostPayout

logger = logging.getLogger(__name__)

client = stripe.StripeClient(settings.STRIPE_SECRET_KEY, max_network_retries=2)


def send_payout(payout_id: int) -> HostPayout:
    with transaction.atomic():
        payout = HostPayout.objects.select_for_update().select_related("host").get(pk=payout_id)
        if payout.state != HostPayout.State.APPROVED:
            return payout
        payout.state = HostPayout.State.SENDING
        payout.save(update_fields=["state"])

    try:
        transfer = client.transfers.create(
            params={
                "amount": payout.amount_minor,
                "currency": payout.currency.lower(),
                "destination": payout.host.stripe_account,
                "transfer_group": payout.reservation_code,
            },
            options={"idempotency_key": f"host-payout-{payout.pk}"},
        )
    except stripe.InvalidRequestError as exc:
        logger.warning("payout %s refused: %s", payout.pk, exc.code)
        payout.state = HostPayout.State.REFUSED
        payout.save(update_fields=["state"])
        return payout
    except stripe.StripeError:
        # same key at the next run, so an unknown outcome is no second transfer
        payout.state = HostPayout.State.APPROVED
        payout.save(update_fields=["state"])
        raise

    payout.state, payout.transfer_id = HostPayout.State.SENT, transfer.id
    payout.save(update_fields=["state", "transfer_id"])
    return payout
