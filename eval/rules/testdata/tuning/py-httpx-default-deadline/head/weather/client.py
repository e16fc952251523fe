import logging
from dataclasses import dataclass
from datetime import datetime

import httpx
from pydantic import BaseModel, Field

log = logging.getLogger(__name__)


class ForecastPoint(BaseModel):
    time: datetime
    temperature_c: float = Field(ge=-90, le=60)
    wind_ms: float = Field(ge=0)


class Forecast(BaseModel):
    points: list[ForecastPoint] = Field(max_length=240)


@dataclass(frozen=True)
class Place:
    latitude: float
    longitude: float


class WeatherUnavailable(Exception):
    pass


class WeatherClient:
    def __init__(self, base_url: str, api_key: str) -> None:
        self._http = httpx.AsyncClient(base_url=base_url, headers={"X-Api-Key": api_key})

    async def forecast(self, place: Place) -> Forecast:
        try:
            response = await self._http.get(
                "/v3/forecast",
                params={"lat": round(place.latitude, 3), "lon": round(place.longitude, 3)},
            )
            response.raise_for_status()
        except httpx.HTTPError as exc:
            log.warning("forecast call failed: %s", type(exc).__name__)
            raise WeatherUnavailable from exc
        return Forecast.model_validate_json(response.content)

    async def aclose(self) -> None:
        await self._http.aclose()
