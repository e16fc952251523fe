import hashlib
import hmac
import re
import time

from flask import Blueprint, abort, current_app, jsonify, request

from deploybot.queue import deployments

bp = Blueprint("slash", __name__)

ENVIRONMENTS = {"staging", "production"}
REF = re.compile(r"^[A-Za-z0-9._/-]{1,80}$")


def _verified(req) -> bool:
    timestamp = req.headers.get("X-Slack-Request-Timestamp", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > 300:
        return False
    base = b"v0:" + timestamp.encode() + b":" + req.get_data(cache=True)
    secret = current_app.config["SLACK_SIGNING_SECRET"].encode()
    expected = "v0=" + hmac.new(secret, base, hashlib.sha256).hexdigest()
    return expected == req.headers.get("X-Slack-Signature", "")


def _say(text):
    return jsonify(response_type="ephemeral", text=text)


@bp.post("/slack/deploy")
def deploy():
    if (request.content_length or 0) > 16_384:
        abort(413)
    if not _verified(request):
        abort(401)

    words = request.form.get("text", "").split()
    if len(words) != 2 or words[0] not in ENVIRONMENTS or not REF.match(words[1]):
        return _say("Usage: /deploy <staging|production> <ref>")
    environment, ref = words

    if request.form.get("user_id") not in current_app.config["DEPLOYERS"]:
        return _say("You are not on the list of deployers.")

    # the trigger id is unique for one invocation of the command
    job = deployments.enqueue_once(
        key=request.form["trigger_id"],
        environment=environment,
        ref=ref,
        requested_by=request.form["user_id"],
        response_url=request.form["response_url"],
    )
    return _say(f"Deployment {job.number} of {ref} to {environment} is queued.")
