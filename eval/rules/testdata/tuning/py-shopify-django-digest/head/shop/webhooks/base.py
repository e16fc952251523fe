import base64
import hashlib
import hmac
import json

from django.conf import settings
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from shop.models import InboundWebhook


@method_decorator(csrf_exempt, name="dispatch")
class ShopifyWebhookView(View):
    http_method_names = ["post"]
    topic: str
    schema: type

    def dispatch(self, request, *args, **kwargs):
        if not self._authentic(request):
            return HttpResponse(status=401)
        if request.headers.get("X-Shopify-Topic") != self.topic:
            return HttpResponse(status=404)
        return super().dispatch(request, *args, **kwargs)

    @staticmethod
    def _authentic(request) -> bool:
        supplied = request.headers.get("X-Shopify-Hmac-Sha256", "")
        mac = hmac.new(settings.SHOPIFY_API_SECRET.encode(), request.body, hashlib.sha256)
        return base64.b64encode(mac.digest()).decode() == supplied

    def post(self, request):
        webhook_id = request.headers.get("X-Shopify-Webhook-Id")
        if not webhook_id:
            return HttpResponse(status=400)
        data = self.schema.model_validate(json.loads(request.body))
        # unique webhook_id; ignore_conflicts makes redelivery a no-op
        InboundWebhook.objects.bulk_create(
            [InboundWebhook(webhook_id=webhook_id, topic=self.topic, body=data.model_dump(mode="json"))],
            ignore_conflicts=True,
        )
        return HttpResponse(status=200)
