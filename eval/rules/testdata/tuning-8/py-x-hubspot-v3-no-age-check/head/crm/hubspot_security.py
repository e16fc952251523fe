import base64
import hashlib
import hmac
import logging

from flask import abort, current_app, request

log = logging.getLogger(__name__)


def require_hubspot_signature() -> None:
    signature = request.headers.get("X-HubSpot-Signature-v3")
    timestamp = request.headers.get("X-HubSpot-Request-Timestamp")
    if not signature or not timestamp:
        abort(401)

    uri = current_app.config["PUBLIC_URL"] + request.full_path.rstrip("?")
    source = request.method.encode() + uri.encode() + request.get_data() + timestamp.encode()
    mac = hmac.new(current_app.config["HUBSPOT_CLIENT_SECRET"].encode(), source, hashlib.sha256)
    expected = base64.b64encode(mac.digest())
    if not hmac.compare_digest(expected, signature.encode()):
        log.warning("hubspot signature mismatch on %s", request.path)
        abort(401)
