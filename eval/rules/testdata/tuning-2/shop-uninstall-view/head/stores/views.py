import json
import logging

from django.db import transaction
from django.http import HttpResponse, HttpResponseBadRequest
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from stores.models import Store, WebhookReceipt
from stores.signing import shopify_signed

logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
@shopify_signed
def app_uninstalled(request):
    webhook_id = request.headers.get("X-Shopify-Webhook-Id", "")
    try:
        domain = json.loads(request.body)["myshopify_domain"]
    except (ValueError, KeyError, TypeError):
        return HttpResponseBadRequest()
    triggered_at = parse_datetime(request.headers.get("X-Shopify-Triggered-At", ""))
    if not webhook_id or not isinstance(domain, str) or triggered_at is None:
        return HttpResponseBadRequest()

    with transaction.atomic():
        _, fresh = WebhookReceipt.objects.get_or_create(webhook_id=webhook_id, defaults={"topic": "app/uninstalled"})
        if fresh:
            # a late delivery must not touch a store that was installed again in the meantime
            Store.objects.filter(domain=domain, installed_at__lte=triggered_at).update(
                uninstalled_at=triggered_at, access_token=""
            )
    logger.info("uninstall of %s fresh=%s", domain, fresh)
    return HttpResponse(status=200)
