import logging
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from crm.models import Contact

log = logging.getLogger("crm.contacts")

FIELDS = {
    "phone": "phone",
    "street": "address",
    "postal_code": "zip",
    "marketing_consent": "hs_marketable_status",
    "lifecycle": "lifecyclestage",
}


def apply_change(session: Session, event: dict[str, Any]) -> bool:
    """Apply one stored, already deduplicated change; `properties` holds the changed properties only."""
    contact_id = event.get("objectId")
    properties = event.get("properties")
    if not isinstance(contact_id, int) or not isinstance(properties, dict):
        raise ValueError("objectId and properties expected")

    values = {column: properties.get(name) for column, name in FIELDS.items()}
    result = session.execute(
        update(Contact)
        .where(Contact.hubspot_id == contact_id, Contact.hubspot_version < event["version"])
        .values(**values, hubspot_version=event["version"])
    )
    session.commit()
    log.info("contact %s change %s rows=%d", contact_id, event["version"], result.rowcount)
    return result.rowcount > 0
