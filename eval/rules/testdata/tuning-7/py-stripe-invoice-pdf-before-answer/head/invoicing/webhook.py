import logging

import boto3
import requests
import stripe
from botocore.config import Config
from fastapi import APIRouter, Depends, Header, HTTPException, Request
from starlette.concurrency import run_in_threadpool

from invoicing.events import EventStore, get_events
from invoicing.mail import send_invoice_mail
from invoicing.settings import settings

log = logging.getLogger(__name__)
router = APIRouter()
s3 = boto3.client("s3", config=Config(connect_timeout=3, read_timeout=30))


def _archive(invoice: dict) -> str:
    pdf = requests.get(invoice["invoice_pdf"], timeout=(3, 30))
    pdf.raise_for_status()
    key = f"invoices/{invoice['customer']}/{invoice['id']}.pdf"
    s3.put_object(
        Bucket=settings.invoice_bucket, Key=key, Body=pdf.content, ContentType="application/pdf"
    )
    return key


@router.post("/webhooks/stripe/invoices")
async def stripe_invoices(
    request: Request,
    stripe_signature: str = Header(),
    events: EventStore = Depends(get_events),
):
    try:
        event = stripe.Webhook.construct_event(
            await request.body(), stripe_signature, settings.stripe_webhook_secret
        )
    except (ValueError, stripe.SignatureVerificationError):
        raise HTTPException(status_code=400)

    if event["type"] != "invoice.finalized" or await events.is_done(event["id"]):
        return {"received": True}

    invoice = event["data"]["object"]
    key = await run_in_threadpool(_archive, invoice)
    await run_in_threadpool(
        send_invoice_mail, invoice["customer_email"], key, dedupe_key=event["id"]
    )
    await events.mark_done(event["id"])
    log.info("invoice %s archived", invoice["id"])
    return {"received": True}
