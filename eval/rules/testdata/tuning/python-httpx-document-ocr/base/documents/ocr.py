import asyncio
import logging
from typing import Self

import httpx

from documents.config import OcrConfig

logger = logging.getLogger(__name__)


class OcrFailed(Exception):
    pass


class OcrClient:
    def __init__(self, config: OcrConfig) -> None:
        self._config = config
        self._http = httpx.AsyncClient(
            base_url=config.endpoint,
            headers={"Ocp-Apim-Subscription-Key": config.key.get_secret_value()},
            timeout=httpx.Timeout(10.0, read=60.0),
            limits=httpx.Limits(max_connections=config.max_connections),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self._http.aclose()

    async def read(self, content: bytes, media_type: str) -> list[str]:
        submitted = await self._http.post(
            "/formrecognizer/documentModels/prebuilt-read:analyze",
            params={"api-version": "2023-07-31"},
            content=content,
            headers={"Content-Type": media_type},
        )
        submitted.raise_for_status()
        operation = submitted.headers["operation-location"]

        for delay in (1, 2, 3, 5, 8, 13):
            await asyncio.sleep(delay)
            polled = await self._http.get(operation)
            polled.raise_for_status()
            body = polled.json()
            if body["status"] == "succeeded":
                return [p["content"] for p in body["analyzeResult"]["paragraphs"]]
            if body["status"] == "failed":
                raise OcrFailed(body.get("error", {}).get("code", "unknown"))
        raise OcrFailed("analysis did not finish in time")
