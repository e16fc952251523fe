import logging

from Adyen.util import is_valid_hmac_notification
from django.conf import settings
from django.db import transaction
from rest_framework import status
from rest_framework.authentication import BasicAuthentication
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from payments.adyen.models import Notification
from payments.adyen.serializers import NotificationItemSerializer

log = logging.getLogger(__name__)


class AdyenNotificationView(APIView):
    authentication_classes = [BasicAuthentication]
    permission_classes = [IsAuthenticated]

    def post(self, request):
        items = request.data.get("notificationItems")
        if not isinstance(items, list):
            return Response(status=status.HTTP_400_BAD_REQUEST)

        rows = []
        for wrapper in items:
            item = wrapper.get("NotificationRequestItem", {})
            if not is_valid_hmac_notification(item, settings.ADYEN_HMAC_KEY):
                log.warning("adyen notification with invalid hmac")
                return Response(status=status.HTTP_401_UNAUTHORIZED)
            serializer = NotificationItemSerializer(data=item)
            serializer.is_valid(raise_exception=True)
            rows.append(Notification(**serializer.validated_data))

        with transaction.atomic():
            # unique on (psp_reference, event_code, success); the worker polls new rows
            Notification.objects.bulk_create(rows, ignore_conflicts=True)
        log.info("%d adyen notifications stored", len(rows))
        return Response("[accepted]")
