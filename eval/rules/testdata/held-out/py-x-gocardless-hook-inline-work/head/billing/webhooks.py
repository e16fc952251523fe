import logging

import gocardless_pro
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from gocardless_pro import webhooks
from gocardless_pro.errors import InvalidSignatureError

from billing.accounting import DatevClient
from billing.models import Invoice, ProcessedEvent

logger = logging.getLogger(__name__)
client = gocardless_pro.Client(access_token=settings.GOCARDLESS_TOKEN, environment="live")
datev = DatevClient(settings.DATEV, timeout=30)


@csrf_exempt
@require_POST
def gocardless(request):
    try:
        events = webhooks.parse(
            request.body, settings.GOCARDLESS_WEBHOOK_SECRET, request.headers.get("Webhook-Signature", "")
        )
    except InvalidSignatureError:
        return HttpResponse(status=498)

    for event in events:
        if event.resource_type != "payments" or ProcessedEvent.objects.filter(event_id=event.id).exists():
            continue
        payment = client.payments.get(event.links.payment)
        invoice = Invoice.objects.get(number=payment.metadata["invoice"])
        datev.book_payment(invoice, payment.amount, payment.charge_date, document_id=event.id)
        send_mail(
            f"Payment {event.action} for {invoice.number}",
            f"{payment.amount / 100:.2f} {payment.currency}",
            settings.BILLING_FROM,
            [invoice.customer.email],
        )
        ProcessedEvent.objects.create(event_id=event.id)
    logger.info("gocardless webhook with %d events", len(events))
    return HttpResponse(status=204)
