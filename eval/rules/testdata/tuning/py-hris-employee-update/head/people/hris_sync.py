import logging
from typing import Any

from django.db import transaction

from people.models import Employee, SyncedChange

logger = logging.getLogger(__name__)

SKIPPED = frozenset({"id", "pk"})


def camel_to_snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


def apply_changes(delivery_id: str, employees: list[dict[str, Any]]) -> int:
    """Apply a verified delivery; SyncedChange.delivery_id is unique, so repeats roll back."""
    touched = 0
    with transaction.atomic():
        SyncedChange.objects.create(delivery_id=delivery_id)
        for item in employees:
            employee = Employee.objects.select_for_update().filter(hris_id=item["id"]).first()
            if employee is None:
                logger.info("employee %s is not known here", item["id"])
                continue
            for key, value in item["fields"].items():
                attribute = camel_to_snake(key)
                if attribute in SKIPPED or not hasattr(employee, attribute):
                    continue
                setattr(employee, attribute, value["value"])
            employee.save()
            touched += 1
    return touched
