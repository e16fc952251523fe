import base64
import hashlib
import hmac
import json
import logging

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from contracts.forms import EnvelopeEventForm
from contracts.models import Contract, EnvelopeEvent
from contracts.tasks import download_signed_pdf

logger = logging.getLogger(__name__)


def _hmac_matches(request: HttpRequest) -> bool:
    digest = hmac.new(
        settings.DOCUSIGN_CONNECT_KEY.encode(), request.body, hashlib.sha256
    ).digest()
    expected = base64.b64encode(digest)
    given = request.headers.get("X-DocuSign-Signature-1", "").encode()
    return hmac.compare_digest(expected, given)


@method_decorator(csrf_exempt, name="dispatch")
class EnvelopeCompletedView(View):
    def post(self, request: HttpRequest) -> HttpResponse:
        if not _hmac_matches(request):
            logger.warning("docusign connect call with wrong hmac")
            return HttpResponse(status=401)
        try:
            payload = json.loads(request.body)
        except ValueError:
            return HttpResponseBadRequest("not json")

        form = EnvelopeEventForm.from_connect(payload)
        if not form.is_valid():
            logger.error("docusign payload not understood: %s", form.errors.as_json())
            return HttpResponseBadRequest("unexpected payload")

        with transaction.atomic():
            _, created = EnvelopeEvent.objects.get_or_create(
                envelope_id=form.cleaned_data["envelope_id"],
                event=form.cleaned_data["event"],
                defaults={"generated_at": form.cleaned_data["generated_at"]},
            )
            if created and form.cleaned_data["event"] == "envelope-completed":
                contract = Contract.objects.select_for_update().get(
                    envelope_id=form.cleaned_data["envelope_id"]
                )
                contract.status = Contract.Status.SIGNED
                contract.save(update_fields=["status"])
                transaction.on_commit(lambda: download_signed_pdf.delay(contract.pk))
        return HttpResponse(status=200)
