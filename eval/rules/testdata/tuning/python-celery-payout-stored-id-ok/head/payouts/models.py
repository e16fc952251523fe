import uuid

from django.db import models


class Payout(models.Model):
    recipient = models.ForeignKey("payouts.Recipient", on_delete=models.PROTECT)
    client_transaction_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quote_uuid = models.CharField(max_length=36)
    reference = models.CharField(max_length=64)
    transfer_id = models.BigIntegerField(null=True, unique=True)
