from flask import Blueprint, jsonify, request

from bot.queue import enqueue_approval
from bot.slack_auth import slack_signed

bp = Blueprint("commands", __name__, url_prefix="/slack")


@bp.post("/commands/approve")
@slack_signed
def approve():
    form = request.form
    reference = form.get("text", "").strip()
    if not reference.isalnum():
        return jsonify(response_type="ephemeral", text="Usage: /approve <request id>")
    enqueue_approval(
        reference=reference,
        slack_user=form["user_id"],
        dedupe_key=form["trigger_id"],
        response_url=form["response_url"],
    )
    return jsonify(response_type="ephemeral", text=f"Approving {reference} …")
