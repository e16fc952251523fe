from rest_framework import serializers


class PaymentEventSerializer(serializers.Serializer):
    event_id = serializers.UUIDField()
    type = serializers.ChoiceField(["payment.created", "payment.updated"])
    created_at = serializers.DateTimeField()
    data = serializers.DictField()
