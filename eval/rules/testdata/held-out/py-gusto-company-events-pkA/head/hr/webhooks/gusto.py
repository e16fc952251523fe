import json
import logging

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from pydantic import BaseModel, ValidationError

from hr.models import ProcessedEvent
from hr.services import deactivate_employee, refresh_employee

logger = logging.getLogger(__name__)


class GustoEvent(BaseModel):
    uuid: str
    event_type: str
    resource_uuid: str
    entity_uuid: str


@csrf_exempt
@require_POST
def gusto_events(request: HttpRequest) -> HttpResponse:
    try:
        event = GustoEvent.model_validate(json.loads(request.body))
    except (ValueError, ValidationError):
        logger.warning("gusto event of unknown shape")
        return HttpResponseBadRequest()

    with transaction.atomic():
        _, fresh = ProcessedEvent.objects.get_or_create(source="gusto", event_id=event.uuid)
        if not fresh:
            return HttpResponse(status=200)
        if event.event_type == "employee.terminated":
            deactivate_employee(event.resource_uuid, event.entity_uuid)
        elif event.event_type in {"employee.created", "employee.updated"}:
            refresh_employee(event.resource_uuid, event.entity_uuid)
    return HttpResponse(status=200)
