import logging

import requests
from django.db import transaction

from inventory.github_auth import installation_token
from inventory.models import Repository

log = logging.getLogger(__name__)
API = "https://api.github.com"


def _list_repositories(org: str) -> list[dict]:
    response = requests.get(
        f"{API}/orgs/{org}/repos",
        params={"per_page": 100, "type": "all"},
        headers={
            "Authorization": f"Bearer {installation_token(org)}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        },
        timeout=(3, 20),
    )
    response.raise_for_status()
    return response.json()


def refresh_inventory(org: str) -> None:
    repositories = _list_repositories(org)
    with transaction.atomic():
        seen, gone = _store(org, repositories)
    log.info("%s: %d repositories, %d no longer listed", org, seen, gone)


def _store(org: str, repositories: list[dict]) -> tuple[int, int]:
    seen: set[int] = set()
    for repo in repositories:
        Repository.objects.update_or_create(
            github_id=repo["id"],
            defaults={
                "org": org,
                "name": repo["name"],
                "default_branch": repo["default_branch"],
                "archived": repo["archived"],
                "visibility": repo["visibility"],
            },
        )
        seen.add(repo["id"])

    gone = Repository.objects.filter(org=org).exclude(github_id__in=seen).update(archived=True)
    return len(seen), gone
