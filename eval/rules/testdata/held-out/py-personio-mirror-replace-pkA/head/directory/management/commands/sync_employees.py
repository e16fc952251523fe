import logging

from django.core.management.base import BaseCommand, CommandError

from directory.models import MirroredEmployee
from directory.personio import PersonioClient, PersonioError

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Replaces the employee mirror by the state in Personio."

    def add_arguments(self, parser):
        parser.add_argument("--page-size", type=int, default=100)

    def handle(self, *args, **options):
        client = PersonioClient.from_settings()
        count = 0

        MirroredEmployee.objects.all().delete()
        try:
            for page in client.iter_employee_pages(limit=options["page_size"]):
                MirroredEmployee.objects.bulk_create(
                    MirroredEmployee(
                        personio_id=employee.id,
                        email=employee.email,
                        department=employee.department,
                        supervisor_id=employee.supervisor_id,
                    )
                    for employee in page
                )
                count += len(page)
        except PersonioError as exc:
            logger.exception("employee sync broke off after %d employees", count)
            raise CommandError(str(exc)) from exc

        self.stdout.write(self.style.SUCCESS(f"{count} employees mirrored"))
