import logging

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceError

from support.http import session_with_timeout

logger = logging.getLogger(__name__)


def connect() -> Salesforce:
    return Salesforce(
        username=settings.SF_USERNAME,
        password=settings.SF_PASSWORD,
        security_token=settings.SF_SECURITY_TOKEN,
        session=session_with_timeout(20),
        version="59.0",
    )


@permission_required("support.view_case")
@require_GET
def case_search(request: HttpRequest) -> JsonResponse:
    email = request.GET.get("email", "").strip()
    number = request.GET.get("number", "").strip()
    if not email and not number:
        return JsonResponse({"error": "email or number needed"}, status=400)

    where = f"Contact.Email = '{email}'" if email else f"CaseNumber = '{number}'"
    soql = "SELECT Id, CaseNumber, Subject, Status FROM Case WHERE " + where + " ORDER BY CreatedDate DESC LIMIT 50"
    try:
        result = connect().query(soql)
    except SalesforceError as exc:
        logger.error("salesforce query failed: %s", exc.status)
        return JsonResponse({"error": "salesforce unavailable"}, status=502)
    return JsonResponse(
        {"cases": [{k: r[k] for k in ("Id", "CaseNumber", "Subject", "Status")} for r in result["records"]]}
    )
