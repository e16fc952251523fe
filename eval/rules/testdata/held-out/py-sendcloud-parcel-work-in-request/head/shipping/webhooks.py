import hashlib
import hmac
import json
import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shipping.documents import customs_pdf, merge_pdfs
from shipping.mail import send_tracking_mail
from shipping.models import Parcel
from shipping.sendcloud import SendcloudClient
from shipping.storage import label_store

logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def sendcloud(request: HttpRequest) -> HttpResponse:
    expected = hmac.new(settings.SENDCLOUD_SECRET.encode(), request.body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, request.headers.get("Sendcloud-Signature", "")):
        return HttpResponse(status=403)

    payload = json.loads(request.body)
    if payload.get("action") != "parcel_status_changed":
        return HttpResponse(status=200)

    parcel = Parcel.objects.filter(sendcloud_id=payload["parcel"]["id"]).first()
    if parcel is None or parcel.tracking_mailed_at:
        return HttpResponse(status=200)

    client = SendcloudClient()
    labels = [client.download_label(url) for url in client.label_urls(parcel.sendcloud_id)]
    documents = merge_pdfs([*labels, customs_pdf(parcel)])
    label_store.upload(f"parcels/{parcel.pk}.pdf", documents)
    send_tracking_mail(parcel, attachment=documents)
    parcel.mark_tracking_mailed()
    return HttpResponse(status=200)
