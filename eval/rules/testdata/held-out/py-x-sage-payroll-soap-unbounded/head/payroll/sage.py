import logging
from functools import lru_cache

import zeep
from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_GET
from requests import RequestException, Session
from requests.auth import HTTPBasicAuth
from zeep.exceptions import Fault, TransportError
from zeep.transports import Transport

from accounts.decorators import payroll_admin_required

logger = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def sage_client() -> zeep.Client:
    session = Session()
    session.auth = HTTPBasicAuth(settings.SAGE_USER, settings.SAGE_PASSWORD)
    return zeep.Client(settings.SAGE_WSDL, transport=Transport(session=session))


@payroll_admin_required
@require_GET
def payslips(request: HttpRequest, employee_number: str) -> JsonResponse:
    if not employee_number.isdigit():
        raise Http404
    try:
        slips = sage_client().service.GetPayslips(EmployeeNumber=employee_number, Last=12)
    except Fault as fault:
        logger.warning("sage fault for employee %s: %s", employee_number, fault.code)
        return JsonResponse({"error": "payroll system refused the request"}, status=502)
    except (RequestException, TransportError) as exc:
        logger.error("sage not reachable: %s", type(exc).__name__)
        return JsonResponse({"error": "payroll system not available"}, status=503)
    return JsonResponse(
        {"payslips": [{"period": s.Period, "document": s.DocumentId} for s in slips or []]}
    )
