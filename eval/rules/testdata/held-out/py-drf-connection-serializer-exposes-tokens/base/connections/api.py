import logging

from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from connections.google import RevocationFailed, revoke
from connections.models import GoogleConnection

logger = logging.getLogger(__name__)


class GoogleConnectionSerializer(serializers.ModelSerializer):
    class Meta:
        model = GoogleConnection
        fields = [
            "id",
            "email",
            "scopes",
            "expires_at",
            "created_at",
        ]
        read_only_fields = fields


class GoogleConnectionViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    serializer_class = GoogleConnectionSerializer
    permission_classes = [IsAuthenticated]

    def get_queryset(self):
        return GoogleConnection.objects.filter(user=self.request.user).order_by("-created_at")

    @action(detail=True, methods=["post"])
    def disconnect(self, request, pk=None):
        connection = self.get_object()
        try:
            revoke(connection)
        except RevocationFailed:
            logger.exception("revocation of connection %s failed", connection.pk)
            return Response(status=status.HTTP_502_BAD_GATEWAY)
        connection.delete()
        return Response(status=status.HTTP_204_NO_CONTENT)
