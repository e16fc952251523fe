from slack_bolt import App
from slack_sdk import WebClient

from bot.handlers import register
from bot.settings import load


def create_app() -> App:
    settings = load()
    client = WebClient(token=settings.bot_token, timeout=settings.request_timeout)
    app = App(client=client, signing_secret=settings.signing_secret)
    register(app, settings.channel)
    return app
