import base64
import hashlib
import hmac
import json
import logging

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from books.config import INTUIT_VERIFIER_TOKEN
from books.inbox import Inbox

log = logging.getLogger("books.intuit")
inbox = Inbox()


def genuine(raw: bytes, header: str) -> bool:
    digest = hmac.new(INTUIT_VERIFIER_TOKEN.encode(), raw, hashlib.sha256).digest()
    try:
        given = base64.b64decode(header, validate=True)
    except ValueError:
        return False
    return hmac.compare_digest(digest, given)


async def intuit(request: Request) -> Response:
    raw = await request.body()
    if not genuine(raw, request.headers.get("intuit-signature", "")):
        return Response(status_code=401)
    try:
        notifications = json.loads(raw)["eventNotifications"]
    except (ValueError, KeyError, TypeError):
        return Response(status_code=400)
    stored = await inbox.add_unique(notifications)
    log.info("intuit: %d of %d notifications new", stored, len(notifications))
    return Response(status_code=200)


app = Starlette(routes=[Route("/webhooks/intuit", intuit, methods=["POST"])])
