from __future__ import annotations

import logging
from dataclasses import dataclass

import httpx
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

logger = logging.getLogger(__name__)


class Locality(BaseModel):
    model_config = ConfigDict(extra="ignore")

    name: str
    postal_code: str = Field(alias="postalCode")


_localities = TypeAdapter(list[Locality])


@dataclass(frozen=True)
class Suggestion:
    city: str
    postal_code: str


class OpenPlz:
    def __init__(self, base_url: str = "https://openplzapi.org") -> None:
        self._client = httpx.AsyncClient(base_url=base_url, headers={"accept": "application/json"})

    async def suggest(self, postal_code: str) -> list[Suggestion]:
        """At most ten towns for the address form; an empty list lets the customer type."""
        try:
            response = await self._client.get(
                "/de/Localities", params={"postalCode": postal_code, "page": 1, "pageSize": 10}
            )
            response.raise_for_status()
            localities = _localities.validate_json(response.content)
        except (httpx.HTTPError, ValidationError) as exc:
            logger.warning("no suggestions for a postal code: %s", type(exc).__name__)
            return []
        return [Suggestion(item.name, item.postal_code) for item in localities]

    async def aclose(self) -> None:
        await self._client.aclose()
