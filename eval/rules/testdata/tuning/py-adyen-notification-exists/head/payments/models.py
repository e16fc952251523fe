from django.db import models


class AdyenNotification(models.Model):
    key = models.CharField(max_length=80, db_index=True)
    received_at = models.DateTimeField(auto_now_add=True)


class Settlement(models.Model):
    psp_reference = models.CharField(max_length=32, db_index=True)
    merchant_reference = models.CharField(max_length=80)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)


class Balance(models.Model):
    currency = models.CharField(max_length=3, unique=True)
    pending_minor = models.BigIntegerField(default=0)
