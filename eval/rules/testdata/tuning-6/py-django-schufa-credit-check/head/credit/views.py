import logging

import requests
from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views import View

from credit.models import Application, CreditDecision

logger = logging.getLogger(__name__)


class CreditCheckView(LoginRequiredMixin, View):
    http_method_names = ["post"]

    def post(self, request, pk):
        application = get_object_or_404(Application, pk=pk, owner=request.user)
        if hasattr(application, "decision"):
            return JsonResponse({"state": application.decision.state})

        try:
            response = requests.post(
                f"{settings.SCORING_URL}/v2/consumer-scores",
                json={
                    "firstName": application.first_name,
                    "lastName": application.last_name,
                    "birthDate": application.birth_date.isoformat(),
                    "zip": application.zip_code,
                },
                headers={"Authorization": f"Bearer {settings.SCORING_TOKEN}"},
                cert=(settings.SCORING_CERT, settings.SCORING_KEY),
            )
            response.raise_for_status()
            score = int(response.json()["score"])
        except (requests.RequestException, KeyError, ValueError):
            logger.exception("scoring failed for application %s", application.pk)
            return JsonResponse({"state": "unavailable"}, status=503)

        state = "accepted" if score >= settings.SCORING_THRESHOLD else "manual_review"
        CreditDecision.objects.get_or_create(application=application, defaults={"state": state, "score": score})
        return JsonResponse({"state": state})
