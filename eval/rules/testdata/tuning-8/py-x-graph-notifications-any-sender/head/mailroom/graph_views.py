import json
import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mailroom.models import GraphSubscription
from mailroom.tasks import import_message

logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def graph_notifications(request: HttpRequest) -> HttpResponse:
    token = request.GET.get("validationToken")
    if token:
        return HttpResponse(token, content_type="text/plain")

    try:
        notifications = json.loads(request.body)["value"]
    except (ValueError, KeyError):
        return HttpResponse(status=400)

    for notification in notifications:
        subscription = GraphSubscription.objects.filter(
            subscription_id=notification.get("subscriptionId"), active=True
        ).first()
        if subscription is None:
            continue
        resource = notification.get("resourceData", {}).get("id")
        if resource:
            import_message.apply_async(
                args=[subscription.mailbox_id, resource],
                task_id=f"graph-{subscription.pk}-{resource}",
            )
    logger.info("graph: %d notifications", len(notifications))
    return HttpResponse(status=202)
