import logging

from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from shop.api.authentication import WooSignatureAuthentication
from shop.api.parsers import RawJSONParser
from shop.api.serializers import WooOrderSerializer
from shop.models import InboundOrder

logger = logging.getLogger(__name__)


class WooOrderView(APIView):
    authentication_classes = [WooSignatureAuthentication]
    parser_classes = [RawJSONParser]

    def post(self, request):
        serializer = WooOrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        delivery = request.headers.get("X-WC-Webhook-Delivery-ID")
        if not delivery:
            return Response(status=status.HTTP_400_BAD_REQUEST)

        _, created = InboundOrder.objects.get_or_create(
            delivery_id=delivery,  # unique
            defaults={"payload": serializer.validated_data},
        )
        logger.info("order delivery %s new=%s", delivery, created)
        return Response(status=status.HTTP_202_ACCEPTED)
