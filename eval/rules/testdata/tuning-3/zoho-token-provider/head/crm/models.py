from datetime import timedelta

from django.db import models
from django.utils import timezone

from crm.fields import EncryptedTextField


class ZohoConnection(models.Model):
    tenant = models.OneToOneField("accounts.Tenant", on_delete=models.CASCADE)
    accounts_server = models.URLField(choices=[("https://accounts.zoho.eu", "EU"), ("https://accounts.zoho.com", "US")])
    access_token = EncryptedTextField()
    refresh_token = EncryptedTextField()
    expires_at = models.DateTimeField()

    def fresh(self, leeway: timedelta) -> bool:
        return self.expires_at - leeway > timezone.now()
