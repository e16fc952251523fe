
import httpx
from prometheus_client import Counter

from payroll.models import Journal, JournalState
from payroll.xero_auth import xero_headers

EXPORTED = Counter("payroll_journals_exported_total", "Journals accepted by Xero")

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
    except httpx.HTTPError:
        journal.set_state(JournalState.FAILED)
        return False

    journal.set_state(JournalState.EXPORTED)
    EXPORTED.inc()
    return True
