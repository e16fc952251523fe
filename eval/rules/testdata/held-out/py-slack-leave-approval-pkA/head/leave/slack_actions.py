import hashlib
import hmac
import json
from urllib.parse import parse_qs

from flask import Blueprint, abort, current_app, jsonify, request

from leave.services import LeaveError, decide

bp = Blueprint("slack_actions", __name__)


def verify_slack(body: bytes) -> bool:
    timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    base = b"v0:" + timestamp.encode() + b":" + body
    digest = hmac.new(current_app.config["SLACK_SIGNING_SECRET"].encode(), base, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"v0={digest}".encode(), signature.encode())


@bp.post("/slack/actions")
def actions():
    body = request.get_data()
    if not verify_slack(body):
        abort(401)

    try:
        payload = json.loads(parse_qs(body.decode())["payload"][0])
        action = payload["actions"][0]
        request_id, verdict = int(action["value"]), action["action_id"]
        slack_user = payload["user"]["id"]
    except (KeyError, IndexError, ValueError):
        abort(400)

    if verdict not in {"approve", "decline"}:
        abort(400)

    try:
        # does nothing when the request is decided already
        leave = decide(request_id, verdict, slack_user)
    except LeaveError as exc:
        return jsonify({"response_type": "ephemeral", "text": str(exc)})
    return jsonify({"replace_original": True, "text": f"Leave {leave.period} is {leave.state}."})
