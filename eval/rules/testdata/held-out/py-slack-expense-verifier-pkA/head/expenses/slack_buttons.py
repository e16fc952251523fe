import json

from flask import Blueprint, abort, current_app, jsonify, request
from slack_sdk.signature import SignatureVerifier

from expenses.services import ExpenseError, decide_expense

bp = Blueprint("slack_buttons", __name__)


@bp.before_request
def only_slack():
    verifier = SignatureVerifier(current_app.config["SLACK_SIGNING_SECRET"])
    if not verifier.is_valid_request(request.get_data(), dict(request.headers)):
        current_app.logger.warning("slack request refused")
        abort(401)


@bp.post("/slack/expenses")
def buttons():
    try:
        payload = json.loads(request.form["payload"])
        action = payload["actions"][0]
        expense_id = int(action["value"])
        approved = {"expense_approve": True, "expense_decline": False}[action["action_id"]]
        slack_user = str(payload["user"]["id"])
    except (KeyError, IndexError, TypeError, ValueError):
        abort(400)

    try:
        # decides once; a second press gives the state of the first
        expense = decide_expense(expense_id, approved=approved, slack_user=slack_user)
    except ExpenseError as exc:
        return jsonify({"response_type": "ephemeral", "text": str(exc)})

    return jsonify({"replace_original": True, "text": f"Expense {expense.number}: {expense.state}"})
