import logging
from decimal import Decimal

from celery import shared_task

from treasury.kraken import KrakenClient, KrakenTimeout
from treasury.models import Payout

log = logging.getLogger(__name__)


@shared_task(bind=True, max_retries=5, acks_late=True)
def execute_payout(self, payout_id: int) -> None:
    payout = Payout.objects.get(pk=payout_id)
    client = KrakenClient.from_settings(timeout=8)
    try:
        ref = client.withdraw(asset=payout.asset, key=payout.address_label, amount=Decimal(payout.amount))
    except KrakenTimeout as exc:
        log.warning("payout %s timed out, attempt %s", payout_id, self.request.retries)
        raise self.retry(exc=exc, countdown=2 ** self.request.retries * 10)

    payout.status = Payout.Status.SENT
    payout.reference = ref
    payout.save(update_fields=["status", "reference"])
    log.info("payout %s sent as %s", payout_id, ref)
