import hashlib
import hmac
import logging

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from hr.integrations.gusto.schemas import Event
from hr.integrations.gusto.tasks import apply_event
from hr.models import InboundEvent

logger = logging.getLogger(__name__)


def _genuine(request) -> bool:
    mac = hmac.new(settings.GUSTO_VERIFICATION_TOKEN.encode(), request.body, hashlib.sha256)
    return hmac.compare_digest(mac.hexdigest().encode(), request.headers.get("X-Gusto-Signature", "").encode())


@csrf_exempt
@require_POST
def inbound(request):
    if not _genuine(request):
        logger.warning("gusto signature refused")
        return HttpResponse(status=401)

    try:
        event = Event.model_validate_json(request.body)
    except ValidationError:
        logger.warning("gusto event of unknown shape")
        return HttpResponse(status=422)

    try:
        # rows whose task got lost are picked up by hr.tasks.sweep_inbound_events
        with transaction.atomic():
            row = InboundEvent.objects.create(source="gusto", external_id=event.uuid, body=event.model_dump(mode="json"))
            transaction.on_commit(lambda: apply_event.delay(row.pk))
    except IntegrityError:
        logger.info("gusto event %s was here before", event.uuid)
    return HttpResponse(status=202)
