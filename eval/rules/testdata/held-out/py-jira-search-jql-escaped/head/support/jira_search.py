import logging
import re
from urllib.parse import quote

import httpx
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from support.settings import settings

log = logging.getLogger(__name__)
PROJECT_KEY = re.compile(r"[A-Z][A-Z0-9]{1,9}")


def _literal(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _client() -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=f"https://{settings.jira_site}.atlassian.net/rest/api/3",
        auth=(settings.jira_user, settings.jira_token.get_secret_value()),
        timeout=httpx.Timeout(12, connect=3),
    )


async def related_issues(session: AsyncSession, project: str, customer_name: str) -> list[dict]:
    if not PROJECT_KEY.fullmatch(project):
        raise ValueError("not a project key")

    jql = f"project = {_literal(project)} AND text ~ {_literal(customer_name)} ORDER BY updated DESC"
    async with _client() as client:
        response = await client.post(
            "/search/jql", json={"jql": jql, "maxResults": 20, "fields": ["summary", "status"]}
        )
        response.raise_for_status()
        issues = response.json()["issues"]

    keys = [issue["key"] for issue in issues]
    log.debug("%d related issues in %s", len(keys), project)
    hidden = await session.scalars(
        text("SELECT issue_key FROM hidden_issue WHERE issue_key = ANY(:keys)"), {"keys": keys}
    )
    excluded = set(hidden)
    return [issue for issue in issues if issue["key"] not in excluded]


async def issue_summary(key: str) -> str:
    async with _client() as client:
        response = await client.get(f"/issue/{quote(key, safe='')}", params={"fields": "summary"})
        response.raise_for_status()
        return response.json()["fields"]["summary"]
