import hmac
import logging

from flask import Flask, jsonify, request

from cards.accounts import accounts
from cards.config import config

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
log = logging.getLogger("cards.jit")

BLOCKED = {"7995", "6051"}


def authorized() -> bool:
    auth = request.authorization
    if auth is None or auth.type != "basic":
        return False
    user_ok = hmac.compare_digest((auth.username or "").encode(), config.jit_user.encode())
    password_ok = hmac.compare_digest((auth.password or "").encode(), config.jit_password.encode())
    return user_ok and password_ok


@app.post("/jit")
def jit_funding():
    if not authorized():
        return "", 401
    body = request.get_json(force=True)
    funding = body["gpa_order"]["jit_funding"]
    merchant = body["card_acceptor"]["mcc"]
    amount = funding["amount"]
    balance = accounts.balance(funding["user_token"])
    if merchant in BLOCKED or amount > balance:
        return jsonify(jit_funding={**funding, "decline_reason": "INVALID_AMOUNT"}), 402
    accounts.hold(funding["user_token"], amount, hold_id=funding["token"])
    log.info("authorised hold %s", funding["token"])
    return jsonify(jit_funding=funding), 200
