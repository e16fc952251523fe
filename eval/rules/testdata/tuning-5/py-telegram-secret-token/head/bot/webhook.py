import logging
import secrets

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.queue import enqueue_update
from bot.settings import settings

log = logging.getLogger(__name__)
routes = web.RouteTableDef()


class Chat(BaseModel):
    id: int


class Message(BaseModel):
    message_id: int
    chat: Chat
    text: str | None = Field(default=None, max_length=4096)


class Update(BaseModel):
    model_config = ConfigDict(extra="ignore")

    update_id: int
    message: Message | None = None


@routes.post("/telegram/update")
async def update(request: web.Request) -> web.Response:
    token = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    if not secrets.compare_digest(token.encode(), settings.telegram_secret_token.encode()):
        raise web.HTTPForbidden()

    try:
        incoming = Update.model_validate_json(await request.read())
    except ValidationError:
        log.warning("telegram update of unexpected shape dropped")
        return web.Response()

    if incoming.message is None or not incoming.message.text:
        return web.Response()

    # enqueue_update inserts by update_id, a repeated delivery is a no-op
    added = await enqueue_update(request.app["pool"], incoming.update_id, incoming.message.model_dump_json())
    log.info("telegram update %s %s", incoming.update_id, "queued" if added else "known")
    return web.Response()


def make_app(pool) -> web.Application:
    app = web.Application(client_max_size=256 * 1024)
    app["pool"] = pool
    app.add_routes(routes)
    return app
