import json
import logging

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from contracts.forms import EnvelopeEventForm
from contracts.models import Contract, EnvelopeEvent
from contracts.tasks import download_signed_pdf

logger = logging.getLogger(__name__)


@method_decorator(csrf_exempt, name="dispatch")
class EnvelopeCompletedView(View):
    def post(self, request: HttpRequest) -> HttpResponse:
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
