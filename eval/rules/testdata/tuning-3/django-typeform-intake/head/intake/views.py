import base64
import hashlib
import hmac
import json

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from intake.models import Submission
from intake.tasks import score_submission


def _signed(request) -> bool:
    mac = hmac.new(settings.TYPEFORM_SECRET.encode(), request.body, hashlib.sha256).digest()
    expected = "sha256=" + base64.b64encode(mac).decode()
    return hmac.compare_digest(expected.encode(), request.headers.get("Typeform-Signature", "").encode())


@csrf_exempt
@require_POST
def typeform(request):
    if not _signed(request):
        return HttpResponse(status=403)
    try:
        response = json.loads(request.body)["form_response"]
        token, form_id, answers = response["token"], response["form_id"], response["answers"]
    except (ValueError, KeyError, TypeError):
        return HttpResponseBadRequest("unexpected payload")

    try:
        with transaction.atomic():
            submission = Submission.objects.create(token=token, form_id=form_id, answers=answers)
            transaction.on_commit(lambda: score_submission.delay(submission.pk))
    except IntegrityError:
        # Submission.token is unique
        pass
    return HttpResponse(status=200)
