import json
import logging

from django.conf import settings
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseForbidden
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from reviews.models import HookDelivery
from reviews.tasks import refresh_merge_request

logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def merge_request_hook(request):
    token = settings.GITLAB_WEBHOOK_TOKEN
    if token and not constant_time_compare(request.headers.get("X-Gitlab-Token", ""), token):
        return HttpResponseForbidden()

    delivery_id = request.headers.get("X-Gitlab-Event-UUID", "")
    if not delivery_id or len(delivery_id) > 64:
        return HttpResponseBadRequest()
    try:
        payload = json.loads(request.body)
        project = int(payload["project"]["id"])
        iid = int(payload["object_attributes"]["iid"])
    except (ValueError, KeyError, TypeError):
        return HttpResponseBadRequest()

    _, created = HookDelivery.objects.get_or_create(
        uuid=delivery_id,
        defaults={"project_id": project, "merge_request_iid": iid},
    )
    # refresh_merge_request reads the merge request from the API and may run any number of times
    refresh_merge_request.delay(project, iid)
    logger.info("merge request hook project=%d iid=%d created=%s", project, iid, created)
    return HttpResponse(status=202)
