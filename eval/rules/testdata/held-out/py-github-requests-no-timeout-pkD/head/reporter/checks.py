import logging
from dataclasses import dataclass

import requests

logger = logging.getLogger(__name__)
API = "https://api.github.com"


@dataclass(frozen=True)
class CheckResult:
    name: str
    head_sha: str
    conclusion: str
    summary: str


class ChecksReporter:
    def __init__(self, token: str) -> None:
        self._session = requests.Session()
        self._session.headers.update(
            {
                "Authorization": f"Bearer {token}",
                "Accept": "application/vnd.github+json",
                "X-GitHub-Api-Version": "2022-11-28",
            }
        )

    def publish(self, repo: str, result: CheckResult) -> int:
        response = self._session.post(
            f"{API}/repos/{repo}/check-runs",
            json={
                "name": result.name,
                "head_sha": result.head_sha,
                "status": "completed",
                "conclusion": result.conclusion,
                "output": {"title": result.name, "summary": result.summary[:65000]},
            },
        )
        response.raise_for_status()
        check_id = response.json()["id"]
        logger.info("check run %s published for %s@%s", check_id, repo, result.head_sha[:8])
        return check_id
