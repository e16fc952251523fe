import logging
from datetime import UTC, datetime

from hubspot import HubSpot
from hubspot.crm.contacts import ApiException, BatchInputSimplePublicObjectBatchInputUpsert
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_sync.models import Contact

log = logging.getLogger(__name__)
BATCH = 50


def _as_input(contact: Contact) -> dict:
    return {
        "idProperty": "email",
        "id": contact.email,
        "properties": {
            "email": contact.email,
            "firstname": contact.first_name,
            "lastname": contact.last_name,
            "customer_tier": contact.tier,
        },
    }


def push_pending(session: Session, client: HubSpot) -> int:
    pending = session.scalars(
        select(Contact).where(Contact.synced_at.is_(None)).order_by(Contact.id).limit(BATCH)
    ).all()
    if not pending:
        return 0

    try:
        client.crm.contacts.batch_api.upsert(
            BatchInputSimplePublicObjectBatchInputUpsert(inputs=[_as_input(c) for c in pending]),
            _request_timeout=20,
        )
    except ApiException as exc:
        log.error("hubspot upsert of %d contacts failed: %s", len(pending), exc.status)

    now = datetime.now(UTC)
    for contact in pending:
        contact.synced_at = now
    session.commit()
    return len(pending)
