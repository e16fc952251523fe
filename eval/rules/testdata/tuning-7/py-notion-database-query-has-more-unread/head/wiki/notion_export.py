from __future__ import annotations

import logging
from dataclasses import dataclass

from notion_client import APIResponseError, AsyncClient

from wiki.settings import settings

logger = logging.getLogger(__name__)


class ExportFailed(Exception):
    pass


@dataclass(frozen=True)
class Runbook:
    page_id: str
    title: str
    service: str | None
    url: str


def _client() -> AsyncClient:
    return AsyncClient(
        auth=settings.notion_token.get_secret_value(), timeout_ms=20_000, notion_version="2022-06-28"
    )


def _title(prop: dict) -> str:
    return "".join(part["plain_text"] for part in prop["title"])


async def runbooks() -> list[Runbook]:
    async with _client() as notion:
        try:
            answer = await notion.databases.query(
                database_id=settings.runbook_database,
                filter={"property": "Status", "select": {"equals": "Published"}},
                sorts=[{"property": "Name", "direction": "ascending"}],
                page_size=100,
            )
        except APIResponseError as exc:
            logger.error("notion query failed: %s", exc.code)
            raise ExportFailed(str(exc.code)) from exc

    found = []
    for page in answer["results"]:
        props = page["properties"]
        service = props["Service"]["select"]
        found.append(
            Runbook(
                page_id=page["id"],
                title=_title(props["Name"]),
                service=service["name"] if service else None,
                url=page["url"],
            )
        )
    logger.info("%d runbooks exported", len(found))
    return found
