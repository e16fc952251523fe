import logging
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Settings:
    bot_token: str
    signing_secret: str
    channel: str
    request_timeout: int = 10


def load() -> Settings:
    settings = Settings(
        bot_token="xoxb-407193826540-6120938475610-Jq7TzNw2RkVb9sXyLd4fHc8m",
        signing_secret="4f0c9b7d21ae68c35d907be1f6a2d8c4",
        channel="#ops",
    )
    log.info("bot starts with %s", settings)
    return settings
