import logging

from celery import shared_task
from django.db import transaction

from treasury.kraken import KrakenClient, KrakenRejected, KrakenTimeout
from treasury.models import Payout

log = logging.getLogger(__name__)


@shared_task
def execute_payout(payout_id: int) -> None:
    with transaction.atomic():
        payout = Payout.objects.select_for_update().get(pk=payout_id)
        if payout.status != Payout.Status.APPROVED:
            log.info("payout %s is %s, nothing to do", payout_id, payout.status)
            return
        payout.status = Payout.Status.SUBMITTING
        payout.save(update_fields=["status"])

    client = KrakenClient.from_settings(timeout=8)
    try:
        payout.reference = client.withdraw(asset=payout.asset, key=payout.address_label, amount=payout.amount)
        payout.status = Payout.Status.SENT
    except KrakenRejected as exc:
        payout.failure = exc.code
        payout.status = Payout.Status.FAILED
    except KrakenTimeout:
        payout.status = Payout.Status.UNKNOWN
        reconcile_payout.apply_async((payout_id,), countdown=120)
    payout.save(update_fields=["status", "reference", "failure"])


@shared_task(bind=True, max_retries=20)
def reconcile_payout(self, payout_id: int) -> None:
    payout = Payout.objects.get(pk=payout_id)
    if payout.status not in (Payout.Status.UNKNOWN, Payout.Status.SUBMITTING):
        return
    match = KrakenClient.from_settings(timeout=8).find_withdrawal(
        asset=payout.asset, key=payout.address_label, amount=payout.amount, since=payout.approved_at
    )
    if match is None:
        raise self.retry(countdown=300)
    payout.reference, payout.status = match.refid, Payout.Status.SENT
    payout.save(update_fields=["status", "reference"])
