from django.db import transaction
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from pos.models import SquareEvent
from pos.permissions import SquareSigned
from pos.serializers import PaymentEventSerializer
from pos.tasks import apply_square_event


class SquarePaymentHook(APIView):
    authentication_classes = []
    permission_classes = [SquareSigned]

    def post(self, request):
        serializer = PaymentEventSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        event = serializer.validated_data

        with transaction.atomic():
            # event_id is the primary key
            stored, _ = SquareEvent.objects.get_or_create(
                event_id=event["event_id"],
                defaults={"kind": event["type"], "occurred_at": event["created_at"], "payload": event["data"]},
            )
            if stored.applied_at is None:
                # the task locks the row and leaves applied events alone
                transaction.on_commit(lambda: apply_square_event.delay(str(event["event_id"])))
        return Response(status=status.HTTP_200_OK)
