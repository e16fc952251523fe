import logging
import uuid
from datetime import date

import requests
from sqlalchemy import select
from sqlalchemy.orm import Session

from treasury.models import Invoice, SepaRun
from treasury.pain001 import build_pain001
from treasury.settings import settings

log = logging.getLogger("treasury.sepa")


class BankRefused(Exception):
    pass


def run(session: Session, execution: date) -> SepaRun:
    invoices = session.scalars(
        select(Invoice).where(Invoice.status == "approved", Invoice.due <= execution).with_for_update()
    ).all()
    sepa_run = SepaRun(execution=execution, message_id=f"RUN{uuid.uuid4().hex[:24]}", invoices=invoices)
    for invoice in invoices:
        invoice.status = "paid"
        invoice.paid_on = execution
    session.add(sepa_run)
    session.commit()

    document = build_pain001(sepa_run)
    response = requests.post(
        f"{settings.bank_url}/payments/sepa/batch",
        data=document,
        headers={"Content-Type": "application/xml", "X-Message-Id": sepa_run.message_id},
        cert=(settings.bank_cert, settings.bank_key),
        timeout=60,
    )
    if response.status_code != 202:
        raise BankRefused(f"run {sepa_run.message_id}: {response.status_code}")
    sepa_run.bank_reference = response.headers["X-Batch-Reference"]
    session.commit()
    log.info("run %s submitted with %d invoices", sepa_run.message_id, len(invoices))
    return sepa_run
