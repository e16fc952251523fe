import logging

from django.db import transaction
from django.utils import timezone

from directory.bamboo import BambooClient
from directory.models import Employee, SyncRun

logger = logging.getLogger(__name__)

MAX_SHRINK = 0.2


class SuspiciousSync(Exception):
    pass


def sync_directory(client: BambooClient) -> SyncRun:
    started = timezone.now()
    remote = {person.id: person for person in client.iter_employees()}

    with transaction.atomic():
        known = set(Employee.objects.select_for_update().filter(left_at=None).values_list("bamboo_id", flat=True))
        gone = known - remote.keys()
        if known and len(gone) > len(known) * MAX_SHRINK:
            raise SuspiciousSync(f"{len(gone)} of {len(known)} employees would be closed")

        for person in remote.values():
            Employee.objects.update_or_create(
                bamboo_id=person.id,
                defaults={
                    "email": person.work_email,
                    "name": person.display_name,
                    "department": person.department or "",
                    "left_at": None,
                },
            )
        Employee.objects.filter(bamboo_id__in=gone).update(left_at=started)
        run = SyncRun.objects.create(source="bamboohr", started_at=started, read=len(remote), closed=len(gone))

    logger.info("directory synced: %d read, %d closed", run.read, run.closed)
    return run
