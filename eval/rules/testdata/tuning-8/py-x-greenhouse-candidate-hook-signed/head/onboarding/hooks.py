import logging

from flask import Blueprint, request

from onboarding.queue import provisioning
from onboarding.signatures import signed_by_greenhouse

bp = Blueprint("hooks", __name__, url_prefix="/hooks")
log = logging.getLogger("onboarding.hooks")


@bp.post("/greenhouse")
@signed_by_greenhouse
def greenhouse():
    event = request.get_json()
    if event.get("action") != "hire_candidate":
        return "", 204
    application = event.get("payload", {}).get("application", {})
    application_id = application.get("id")
    if not isinstance(application_id, int):
        return {"error": "application id missing"}, 422
    provisioning.enqueue("create_account", application, job_id=f"greenhouse-{application_id}")
    log.info("provisioning queued for application %d", application_id)
    return "", 202
