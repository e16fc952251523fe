import hashlib
import hmac
import logging

from django.conf import settings
from django.db import transaction
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from kitchen.deliveroo.serializers import OrderEventSerializer
from kitchen.models import Ticket, TicketLine

log = logging.getLogger(__name__)


def signed(request) -> bool:
    guid = request.headers.get("X-Deliveroo-Sequence-Guid", "")
    given = request.headers.get("X-Deliveroo-Hmac-Sha256", "")
    message = guid.encode() + b" " + request.body
    expected = hmac.new(settings.DELIVEROO_WEBHOOK_SECRET.encode(), message, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), given.encode())


@api_view(["POST"])
@authentication_classes([])
@permission_classes([AllowAny])
def order_event(request):
    if not signed(request):
        return Response(status=401)
    serializer = OrderEventSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    if serializer.validated_data["event"] != "order.new":
        return Response(status=200)

    order = serializer.validated_data["body"]["order"]
    with transaction.atomic():
        ticket = Ticket.objects.create(
            location_id=order["location_id"],
            external_id=order["id"],
            display_id=order["display_id"],
        )
        TicketLine.objects.bulk_create(
            [TicketLine(ticket=ticket, name=item["name"], quantity=item["quantity"]) for item in order["items"]]
        )
    log.info("ticket %s for deliveroo order %s", ticket.pk, order["display_id"])
    return Response(status=200)
