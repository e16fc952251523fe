import logging
from decimal import Decimal

import httpx
from pydantic import BaseModel, ValidationError

from stores.config import settings

logger = logging.getLogger(__name__)


class Position(BaseModel):
    lat: Decimal
    lon: Decimal


class GeocodingFailed(Exception):
    pass


class Geocoder:
    def __init__(self) -> None:
        self._client = httpx.AsyncClient(
            base_url="https://geocode.search.hereapi.com/v1",
            headers={"Authorization": f"Bearer {settings.here_token}"},
            limits=httpx.Limits(max_connections=10),
        )

    async def locate(self, street: str, postcode: str, country: str) -> Position | None:
        query = f"{street}, {postcode}, {country}"
        try:
            response = await self._client.get("/geocode", params={"q": query, "limit": "1"})
            response.raise_for_status()
            items = response.json()["items"]
            if not items:
                return None
            position = items[0]["position"]
            return Position(lat=position["lat"], lon=position["lng"])
        except httpx.HTTPError as exc:
            raise GeocodingFailed(f"geocoder: {type(exc).__name__}") from exc
        except (KeyError, ValueError, ValidationError) as exc:
            raise GeocodingFailed("geocoder: unexpected answer") from exc

    async def aclose(self) -> None:
        await self._client.aclose()
