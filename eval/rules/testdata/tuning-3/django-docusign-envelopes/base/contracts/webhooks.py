import json
import logging

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from contracts.docusign import verify_connect_hmac
from contracts.models import Contract
from contracts.tasks import file_signed_contract

logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def connect(request):
    if not verify_connect_hmac(request.headers, request.body):
        return HttpResponse(status=401)

    message = json.loads(request.body)
    if message.get("event") != "envelope-completed":
        return HttpResponse(status=200)

    envelope_id = message["data"]["envelopeId"]
    contract = Contract.objects.filter(envelope_id=envelope_id).select_related("account").first()
    if contract is None:
        logger.info("envelope %s is not ours", envelope_id)
        return HttpResponse(status=200)

    # the task locks the contract row and returns when it is already filed
    file_signed_contract.delay(contract.pk)
    return HttpResponse(status=200)
