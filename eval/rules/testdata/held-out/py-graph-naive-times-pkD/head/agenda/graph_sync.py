import logging
from datetime import datetime, timezone

import httpx

from agenda.models import Meeting
from agenda.tokens import graph_token

log = logging.getLogger(__name__)
START = "https://graph.microsoft.com/v1.0/me/calendarView"


def sync_window(user_id: int, start: datetime, end: datetime) -> int:
    url: str | None = START
    params: dict[str, str] | None = {
        "startDateTime": start.astimezone(timezone.utc).isoformat(),
        "endDateTime": end.astimezone(timezone.utc).isoformat(),
        "$select": "id,subject,start,end,isCancelled",
        "$top": "100",
    }
    headers = {
        "Authorization": f"Bearer {graph_token(user_id)}",
        "Prefer": 'outlook.timezone="Europe/Berlin"',
    }
    seen: list[str] = []
    with httpx.Client(timeout=20) as client:
        while url:
            response = client.get(url, params=params, headers=headers)
            response.raise_for_status()
            body = response.json()
            for item in body["value"]:
                Meeting.objects.update_or_create(
                    user_id=user_id,
                    external_id=item["id"],
                    defaults={
                        "subject": item["subject"] or "",
                        "starts_at": datetime.fromisoformat(item["start"]["dateTime"][:19]).replace(tzinfo=timezone.utc),
                        "ends_at": datetime.fromisoformat(item["end"]["dateTime"][:19]).replace(tzinfo=timezone.utc),
                    },
                )
                seen.append(item["id"])
            url, params = body.get("@odata.nextLink"), None
    Meeting.objects.filter(user_id=user_id, starts_at__gte=start, starts_at__lt=end).exclude(external_id__in=seen).delete()
    return len(seen)
