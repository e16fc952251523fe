import json
import logging

from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from contracts.docusign import envelopes_api, verify_connect_hmac
from contracts.models import Contract
from contracts.pdf import flatten_and_stamp

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

    signed = envelopes_api(contract.account).get_document(contract.account.docusign_id, "combined", envelope_id)
    document = flatten_and_stamp(signed, contract.reference)
    contract.signed_pdf.save(f"{contract.reference}.pdf", document)
    contract.mark_signed()

    mail = EmailMessage(
        subject=f"Signed contract {contract.reference}",
        body=contract.account.signed_mail_text,
        to=[contract.signer_email, contract.account.contact_email],
    )
    mail.attach_file(contract.signed_pdf.path)
    mail.send()
    return HttpResponse(status=200)
