import logging
from dataclasses import dataclass

import httpx

log = logging.getLogger(__name__)


class OptimizerError(Exception):
    """The optimiser refused the plan or could not be reached."""


@dataclass(frozen=True)
class Stop:
    id: str
    lat: float
    lon: float
    service_minutes: int


async def optimize(base_url: str, token: str, depot: Stop, stops: list[Stop]) -> list[str]:
    problem = {
        "vehicles": [{"id": 1, "start": [depot.lon, depot.lat], "end": [depot.lon, depot.lat]}],
        "jobs": [
            {"id": index, "location": [s.lon, s.lat], "service": s.service_minutes * 60}
            for index, s in enumerate(stops)
        ],
    }
    try:
        async with httpx.AsyncClient(base_url=base_url) as client:
            response = await client.post(
                "/optimization", json=problem, headers={"Authorization": f"Bearer {token}"}
            )
            response.raise_for_status()
    except httpx.HTTPStatusError as exc:
        raise OptimizerError(f"optimiser answered {exc.response.status_code}") from exc
    except httpx.TransportError as exc:
        raise OptimizerError("optimiser unreachable") from exc

    plan = response.json()
    if plan.get("unassigned"):
        log.warning("%d stops unassigned", len(plan["unassigned"]))
    return [stops[step["job"]].id for route in plan["routes"] for step in route["steps"] if step["type"] == "job"]
