import hmac
import logging

from aiohttp import web
from pydantic import BaseModel, ValidationError

from supportbot.keys import REDIS, SETTINGS, UPDATE_QUEUE

log = logging.getLogger(__name__)
routes = web.RouteTableDef()


class Chat(BaseModel):
    id: int


class Message(BaseModel):
    message_id: int
    chat: Chat
    text: str | None = None


class Update(BaseModel):
    update_id: int
    message: Message | None = None


@routes.post("/telegram/update")
async def receive_update(request: web.Request) -> web.Response:
    secret = request.app[SETTINGS].telegram_secret_token
    received = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    if not hmac.compare_digest(received.encode(), secret.encode()):
        raise web.HTTPForbidden()

    try:
        update = Update.model_validate_json(await request.read())
    except ValidationError as exc:
        log.warning("telegram update did not parse: %d errors", exc.error_count())
        return web.Response()

    if update.message is None or update.message.text is None:
        return web.Response()

    queue = request.app[UPDATE_QUEUE]
    if await request.app[REDIS].exists(f"tg:seen:{update.update_id}"):
        return web.Response()
    await queue.publish(update.model_dump_json(), dedupe_key=f"tg-{update.update_id}")
    await request.app[REDIS].set(f"tg:seen:{update.update_id}", 1, ex=86400)
    return web.Response()
