import base64
import json
import logging

from aiohttp import web
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from calls.dispatcher import Dispatcher

log = logging.getLogger("calls.telnyx")
routes = web.RouteTableDef()

DISPATCHER = web.AppKey("dispatcher", Dispatcher)
PUBLIC_KEY = web.AppKey("telnyx_public_key", VerifyKey)


def verify(key: VerifyKey, body: bytes, headers) -> None:
    timestamp = headers.get("telnyx-timestamp", "")
    try:
        signature = base64.b64decode(headers.get("telnyx-signature-ed25519", ""), validate=True)
        key.verify(timestamp.encode() + b"|" + body, signature)
    except (BadSignatureError, ValueError) as exc:
        raise web.HTTPUnauthorized() from exc


@routes.post("/telnyx")
async def telnyx(request: web.Request) -> web.Response:
    body = await request.read()
    verify(request.app[PUBLIC_KEY], body, request.headers)
    event = json.loads(body)["data"]
    if event["event_type"] == "call.initiated":
        await request.app[DISPATCHER].answer(event["payload"]["call_control_id"], command_id=event["id"])
    log.info("telnyx %s %s", event["event_type"], event["id"])
    return web.Response(status=200)


def build(public_key: str, dispatcher: Dispatcher) -> web.Application:
    app = web.Application(client_max_size=256 * 1024)
    app[PUBLIC_KEY] = VerifyKey(base64.b64decode(public_key))
    app[DISPATCHER] = dispatcher
    app.add_routes(routes)
    return app
