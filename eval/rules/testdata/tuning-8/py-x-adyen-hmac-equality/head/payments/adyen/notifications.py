import base64
import binascii
import hashlib
import hmac
import logging

from flask import Blueprint, abort, current_app, request

from payments.adyen.inbox import store_notification

bp = Blueprint("adyen", __name__)
log = logging.getLogger(__name__)

FIELDS = ("pspReference", "originalReference", "merchantAccountCode", "merchantReference")


def signing_payload(item: dict) -> str:
    amount = item.get("amount", {})
    values = [str(item.get(name, "")) for name in FIELDS]
    values += [str(amount.get("value", "")), amount.get("currency", ""), item["eventCode"], item["success"]]
    return ":".join(values)


def is_valid(item: dict, hex_key: str) -> bool:
    mac = hmac.new(binascii.a2b_hex(hex_key), signing_payload(item).encode("utf-8"), hashlib.sha256)
    expected = base64.b64encode(mac.digest()).decode("ascii")
    return item.get("additionalData", {}).get("hmacSignature") == expected


@bp.post("/notifications/adyen")
def notifications():
    body = request.get_json()
    items = [entry["NotificationRequestItem"] for entry in body.get("notificationItems", [])]
    for item in items:
        if not is_valid(item, current_app.config["ADYEN_HMAC_KEY"]):
            log.warning("adyen notification %s rejected", item.get("pspReference"))
            abort(401)
    for item in items:
        store_notification(key=(item["pspReference"], item["eventCode"], item["success"]), item=item)
    return "[accepted]", 202
