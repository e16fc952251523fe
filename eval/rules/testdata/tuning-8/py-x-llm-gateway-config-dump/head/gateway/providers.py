import logging
import os
from dataclasses import asdict, dataclass

import httpx
from openai import AsyncOpenAI

log = logging.getLogger("gateway")


@dataclass(frozen=True)
class Provider:
    name: str
    base_url: str
    api_key: str
    model: str
    timeout: float = 60.0
    max_retries: int = 2


def load() -> list[Provider]:
    providers = []
    for name in os.environ["LLM_PROVIDERS"].split(","):
        prefix = name.strip().upper()
        providers.append(
            Provider(
                name=name.strip(),
                base_url=os.environ[f"{prefix}_BASE_URL"],
                api_key=os.environ[f"{prefix}_API_KEY"],
                model=os.environ[f"{prefix}_MODEL"],
            )
        )
    return providers


def clients(providers: list[Provider]) -> dict[str, AsyncOpenAI]:
    result = {}
    for provider in providers:
        log.info("registering llm provider %s", asdict(provider))
        result[provider.name] = AsyncOpenAI(
            api_key=provider.api_key,
            base_url=provider.base_url,
            timeout=httpx.Timeout(provider.timeout, connect=5.0),
            max_retries=provider.max_retries,
        )
    return result
