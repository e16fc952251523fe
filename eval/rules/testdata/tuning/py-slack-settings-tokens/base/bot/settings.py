import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    bot_token: str
    signing_secret: str
    channel: str
    request_timeout: int = 10


def load() -> Settings:
    return Settings(
        bot_token=os.environ["SLACK_BOT_TOKEN"],
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        channel=os.environ.get("SLACK_CHANNEL", "#ops"),
    )
