import hmac
import json

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from deploys.models import HookDelivery
from deploys.tasks import sync_merge_request


@csrf_exempt
@require_POST
def gitlab_hook(request: HttpRequest) -> HttpResponse:
    token = request.headers.get("X-Gitlab-Token", "")
    if not hmac.compare_digest(token.encode(), settings.GITLAB_HOOK_TOKEN.encode()):
        return HttpResponseForbidden()

    try:
        payload = json.loads(request.body)
        project_id = int(payload["project"]["id"])
        iid = int(payload["object_attributes"]["iid"])
    except (ValueError, KeyError, TypeError):
        return HttpResponseBadRequest("unexpected payload")

    if payload.get("object_kind") != "merge_request":
        return HttpResponse(status=204)

    delivery = request.headers.get("X-Gitlab-Event-UUID", "")
    with transaction.atomic():
        _, created = HookDelivery.objects.get_or_create(uuid=delivery, defaults={"project_id": project_id})
        if created:
            sync_merge_request.delay(project_id, iid)
    return HttpResponse(status=202)
