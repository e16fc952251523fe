from __future__ import annotations

import json
import logging

import openai
from django.conf import settings
from django.db import transaction

from payables.models import Bill, Document

logger = logging.getLogger(__name__)

PROMPT = (
    "Extract from the invoice: supplier, number, amount, currency, iban, due_date. "
    "Answer with one JSON object."
)

_client = openai.OpenAI(api_key=settings.OPENAI_API_KEY, timeout=45, max_retries=2)


class ExtractionFailed(Exception):
    pass


def _ask(text: str) -> dict:
    try:
        completion = _client.chat.completions.create(
            model="gpt-4o-2024-08-06",
            response_format={"type": "json_object"},
            temperature=0,
            messages=[
                {"role": "system", "content": PROMPT},
                {"role": "user", "content": text[:20_000]},
            ],
        )
    except openai.APIError as exc:
        logger.warning("extraction failed: %s", type(exc).__name__)
        raise ExtractionFailed("model not available") from exc
    try:
        return json.loads(completion.choices[0].message.content or "")
    except ValueError as exc:
        raise ExtractionFailed("answer is not json") from exc


def create_bill(document: Document) -> Bill:
    fields = _ask(document.text)
    with transaction.atomic():
        bill, created = Bill.objects.get_or_create(
            document=document,
            defaults={
                "supplier_name": fields.get("supplier"),
                "number": fields.get("number"),
                "amount": fields.get("amount"),
                "currency": fields.get("currency"),
                "iban": fields.get("iban"),
                "due_date": fields.get("due_date"),
                "status": Bill.Status.APPROVED,
            },
        )
    logger.info("bill %s of document %s (new=%s)", bill.pk, document.pk, created)
    return bill
