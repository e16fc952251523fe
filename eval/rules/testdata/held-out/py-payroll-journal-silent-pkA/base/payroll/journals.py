import logging

import httpx
from prometheus_client import Counter

from payroll.models import Journal, JournalState
from payroll.xero_auth import xero_headers

logger = logging.getLogger(__name__)
EXPORTED = Counter("payroll_journals_exported_total", "Journals accepted by Xero")
FAILED = Counter("payroll_journals_failed_total", "Journals not accepted by Xero", ["reason"])

client = httpx.Client(base_url="https://api.xero.com/api.xro/2.0", timeout=30)


def export_journal(journal: Journal) -> bool:
    """Posts one payroll journal; the caller goes on with the next one in either case."""
    try:
        response = client.post(
            "/ManualJournals",
            json={"ManualJournals": [journal.to_xero()]},
            headers={**xero_headers(journal.tenant_id), "Idempotency-Key": f"journal-{journal.pk}"},
        )
        response.raise_for_status()
    except httpx.HTTPStatusError as exc:
        logger.error("journal %s refused by xero: %s", journal.pk, exc.response.status_code)
        FAILED.labels(reason=str(exc.response.status_code)).inc()
        journal.set_state(JournalState.FAILED)
        return False
    except httpx.TransportError:
        logger.exception("journal %s not sent to xero", journal.pk)
        FAILED.labels(reason="transport").inc()
        journal.set_state(JournalState.FAILED)
        return False

    journal.set_state(JournalState.EXPORTED)
    EXPORTED.inc()
    return True
