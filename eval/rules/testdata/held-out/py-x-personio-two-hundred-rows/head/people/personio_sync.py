import logging

import requests
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from people.models import Employee

logger = logging.getLogger(__name__)

API = "https://api.personio.de/v1"


class Command(BaseCommand):
    help = "Mirror active employees from Personio"

    def handle(self, *args, **options):
        token = self._token()
        response = requests.get(
            f"{API}/company/employees",
            params={"limit": 200, "attributes[]": ["email", "first_name", "last_name"]},
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
        )
        response.raise_for_status()
        rows = response.json()["data"]

        with transaction.atomic():
            seen = []
            for row in rows:
                attributes = row["attributes"]
                employee, _ = Employee.objects.update_or_create(
                    personio_id=attributes["id"]["value"],
                    defaults={
                        "email": attributes["email"]["value"].lower(),
                        "first_name": attributes["first_name"]["value"],
                        "last_name": attributes["last_name"]["value"],
                        "active": True,
                    },
                )
                seen.append(employee.pk)
            gone = Employee.objects.filter(active=True).exclude(pk__in=seen).update(active=False)
        logger.info("personio: %d employees, %d deactivated", len(seen), gone)

    def _token(self) -> str:
        response = requests.post(
            f"{API}/auth",
            json={"client_id": settings.PERSONIO_ID, "client_secret": settings.PERSONIO_SECRET},
            timeout=15,
        )
        response.raise_for_status()
        return response.json()["data"]["token"]
