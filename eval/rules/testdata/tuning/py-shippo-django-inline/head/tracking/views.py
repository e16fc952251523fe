import json
import secrets

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from tracking.models import TrackingUpdate
from tracking.schemas import TrackUpdated
from tracking.services import carrier_api, crm, mailer


@csrf_exempt
@require_POST
def track_updated(request, token: str):
    # Shippo does not sign; the endpoint is registered with an unguessable path token
    if not secrets.compare_digest(token.encode(), settings.SHIPPO_HOOK_TOKEN.encode()):
        return HttpResponse(status=404)
    try:
        update = TrackUpdated.model_validate(json.loads(request.body))
    except (ValueError, ValidationError):
        return HttpResponse(status=422)

    row, created = TrackingUpdate.objects.get_or_create(
        tracking_number=update.data.tracking_number,
        status_date=update.data.tracking_status.status_date,
        defaults={"status": update.data.tracking_status.status},
    )
    if created or row.notified_at is None:
        history = carrier_api.full_history(row.tracking_number)
        crm.update_parcel(row.tracking_number, history)
        mailer.send_status(row.tracking_number, row.status, history)
        row.mark_notified()
    return HttpResponse(status=200)
