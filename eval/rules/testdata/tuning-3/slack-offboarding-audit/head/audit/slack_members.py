import logging
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler, ServerErrorRetryHandler

from audit.hr import active_employee_emails
from audit.report import Report

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Member:
    id: str
    email: str
    is_guest: bool


def slack_client(token: str) -> WebClient:
    client = WebClient(token=token, timeout=15)
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=4))
    client.retry_handlers.append(ServerErrorRetryHandler(max_retry_count=2))
    return client


def members(client: WebClient) -> list[Member]:
    page = client.users_list(limit=1000)
    return [
        Member(id=u["id"], email=u["profile"].get("email", "").lower(), is_guest=u.get("is_restricted", False))
        for u in page["members"]
        if not u["deleted"] and not u["is_bot"]
    ]


def stale_accounts(client: WebClient, report: Report) -> None:
    employees = active_employee_emails()
    checked = 0
    for member in members(client):
        checked += 1
        if member.is_guest:
            continue
        if member.email not in employees:
            report.add(member.id, member.email, "no active employee")
    log.info("slack audit: %s members checked, %s findings", checked, len(report))
