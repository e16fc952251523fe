import logging

import gocardless_pro
import requests
from celery import shared_task
from gocardless_pro.errors import GoCardlessInternalError

from directdebit.config import settings
from directdebit.extensions import db
from directdebit.models import Mandate

log = logging.getLogger(__name__)


@shared_task(
    autoretry_for=(GoCardlessInternalError, requests.RequestException),
    retry_backoff=True,
    max_retries=8,
)
def refresh_mandate(mandate_id: str) -> None:
    client = gocardless_pro.Client(
        access_token=settings.gocardless_token, environment=settings.gocardless_env
    )
    mandate = Mandate.query.filter_by(gocardless_id=mandate_id).with_for_update().one_or_none()
    if mandate is None:
        log.info("mandate %s is not ours", mandate_id)
        return
    remote = client.mandates.get(mandate_id)
    mandate.status = remote.status
    mandate.next_possible_charge_date = remote.next_possible_charge_date
    db.session.commit()
