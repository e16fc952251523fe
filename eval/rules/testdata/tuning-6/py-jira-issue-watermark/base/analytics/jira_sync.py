from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timezone

import httpx
from sqlalchemy.orm import Session

from analytics.models import Issue, SyncState

logger = logging.getLogger(__name__)
FIELDS = "summary,status,assignee,updated,project"


class JiraSync:
    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def run(self, session: Session, project: str) -> None:
        state = session.get_one(SyncState, project)
        started_at = datetime.now(timezone.utc)
        count = 0
        for raw in self._changed_since(project, state.synced_until):
            session.merge(Issue.from_jira(raw))
            count += 1
            if count % 500 == 0:
                session.flush()

        state.synced_until = started_at
        session.commit()
        logger.info("%s: %d issues synced", project, count)

    def _changed_since(self, project: str, since: datetime) -> Iterator[dict]:
        epoch_ms = int(since.timestamp() * 1000)
        params = {
            "jql": f'project = "{project}" AND updated >= {epoch_ms} ORDER BY updated ASC',
            "fields": FIELDS,
            "maxResults": 100,
        }
        while True:
            response = self._client.get("/rest/api/3/search/jql", params=params, timeout=30)
            response.raise_for_status()
            page = response.json()
            yield from page["issues"]
            token = page.get("nextPageToken")
            if not token:
                return
            params["nextPageToken"] = token
