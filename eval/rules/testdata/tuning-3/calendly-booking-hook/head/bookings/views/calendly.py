import hashlib
import hmac
import json
import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bookings.models import Appointment, Coach

logger = logging.getLogger(__name__)


def _is_signed(request: HttpRequest) -> bool:
    header = request.headers.get("Calendly-Webhook-Signature", "")
    parts = dict(item.split("=", 1) for item in header.split(",") if "=" in item)
    timestamp, given = parts.get("t"), parts.get("v1")
    if not timestamp or not given:
        return False
    signed = timestamp.encode() + b"." + request.body
    expected = hmac.new(settings.CALENDLY_SIGNING_KEY.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, given)


@csrf_exempt
@require_POST
def calendly(request: HttpRequest) -> HttpResponse:
    if not _is_signed(request):
        logger.warning("calendly webhook refused")
        return HttpResponse(status=401)

    event = json.loads(request.body)
    payload = event["payload"]
    coach = Coach.objects.filter(calendly_uri=payload["scheduled_event"]["event_memberships"][0]["user"]).first()
    if coach is None:
        return HttpResponse(status=204)

    if event["event"] == "invitee.created":
        Appointment.objects.create(
            coach=coach,
            invitee_uri=payload["uri"],
            invitee_email=payload["email"],
            starts_at=parse_datetime(payload["scheduled_event"]["start_time"]),
        )
        coach.notify("new_booking", name=payload["name"])
    elif event["event"] == "invitee.canceled":
        Appointment.objects.filter(invitee_uri=payload["uri"]).update(status=Appointment.CANCELED)
    return HttpResponse(status=200)
