import logging

from django.db import transaction
from django.db.models import F

from payments.adyen.hmac import is_valid_hmac
from payments.adyen.schemas import NotificationItem
from payments.models import AdyenNotification, Balance, Settlement

logger = logging.getLogger(__name__)


class NotificationRejected(Exception):
    pass


def handle_item(item: NotificationItem) -> None:
    if not is_valid_hmac(item):
        raise NotificationRejected(item.psp_reference)
    if item.event_code != "CAPTURE" or not item.success:
        return

    key = f"{item.event_code}:{item.psp_reference}"
    if AdyenNotification.objects.filter(key=key).exists():
        logger.info("notification %s seen before", key)
        return

    with transaction.atomic():
        Settlement.objects.create(
            psp_reference=item.psp_reference,
            merchant_reference=item.merchant_reference,
            amount_minor=item.amount.value,
            currency=item.amount.currency,
        )
        Balance.objects.filter(currency=item.amount.currency).update(
            pending_minor=F("pending_minor") + item.amount.value
        )
        AdyenNotification.objects.create(key=key)
