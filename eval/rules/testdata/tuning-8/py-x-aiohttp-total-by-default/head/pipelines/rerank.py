import asyncio
import logging
from collections.abc import Sequence

import aiohttp

from pipelines.documents import Document

log = logging.getLogger("pipelines.rerank")

URL = "https://api.cohere.com/v2/rerank"
ATTEMPTS = 4


class RerankFailed(Exception):
    pass


class Reranker:
    def __init__(self, session: aiohttp.ClientSession, model: str) -> None:
        self._session = session
        self._model = model
        self._slots = asyncio.Semaphore(3)

    async def order(self, query: str, documents: Sequence[Document]) -> list[Document]:
        body = {"model": self._model, "query": query, "documents": [d.text for d in documents], "top_n": 20}
        async with self._slots:
            for attempt in range(1, ATTEMPTS + 1):
                async with self._session.post(URL, json=body) as response:
                    if response.status == 429 or response.status >= 500:
                        pause = float(response.headers.get("Retry-After", 2**attempt))
                        log.info("rerank answered %s, waiting %.0fs", response.status, pause)
                    elif response.status != 200:
                        raise RerankFailed(f"rerank answered {response.status}")
                    else:
                        answer = await response.json()
                        return [documents[hit["index"]] for hit in answer["results"]]
                await asyncio.sleep(min(pause, 60))
        raise RerankFailed(f"no answer after {ATTEMPTS} attempts")


def session(api_key: str) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(headers={"Authorization": f"Bearer {api_key}"})
