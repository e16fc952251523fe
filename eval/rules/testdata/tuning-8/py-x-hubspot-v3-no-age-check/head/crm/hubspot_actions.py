from flask import Blueprint, jsonify, request

from crm.credits import grant_credit
from crm.hubspot_security import require_hubspot_signature

bp = Blueprint("hubspot_actions", __name__, url_prefix="/hubspot/actions")
bp.before_request(require_hubspot_signature)


@bp.post("/grant-credit")
def grant():
    action = request.get_json()
    fields = action.get("inputFields", {})
    amount = fields.get("amount")
    if not isinstance(amount, int) or not 0 < amount <= 500:
        return jsonify(error="amount must be between 1 and 500"), 400
    credit = grant_credit(
        account=str(fields.get("accountId", "")),
        amount=amount,
        key=action["callbackId"],
    )
    return jsonify(outputFields={"creditId": credit.id})
