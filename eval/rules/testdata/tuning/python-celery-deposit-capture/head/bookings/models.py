from django.db import models


class Booking(models.Model):
    guest = models.ForeignKey("guests.Guest", on_delete=models.PROTECT)
    property_id = models.BigIntegerField()
    deposit_minor = models.PositiveIntegerField()
    deposit_round = models.PositiveSmallIntegerField(default=1)
    currency = models.CharField(max_length=3)
    deposit_intent_id = models.CharField(max_length=64, null=True, unique=True)
    decline_code = models.CharField(max_length=64, blank=True)
    is_cancelled = models.BooleanField(default=False)

    @property
    def deposit_key(self) -> str:
        """Stays the same until the guest adds a new card, which starts a new round."""
        return f"deposit:{self.pk}:{self.deposit_round}"

    def mark_deposit_declined(self, code: str) -> None:
        self.decline_code = code or "unknown"
        self.save(update_fields=["decline_code"])
