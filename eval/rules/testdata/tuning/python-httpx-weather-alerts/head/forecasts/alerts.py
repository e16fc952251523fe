import logging
from datetime import datetime

import httpx
from pydantic import BaseModel, Field, ValidationError

logger = logging.getLogger(__name__)

RETRYABLE = {500, 502, 503, 504}


class Alert(BaseModel):
    id: str
    event: str
    severity: str
    onset: datetime | None = None
    area: str = Field(alias="areaDesc")


class AlertsUnavailable(Exception):
    pass


class WeatherAlerts:
    BASE_URL = "https://api.weather.gov"

    def __init__(self, user_agent: str, transport: httpx.BaseTransport | None = None) -> None:
        self._client = httpx.Client(
            base_url=self.BASE_URL,
            headers={"User-Agent": user_agent, "Accept": "application/geo+json"},
            transport=transport or httpx.HTTPTransport(retries=2),
        )

    def active(self, state: str) -> list[Alert]:
        if len(state) != 2 or not state.isalpha():
            raise ValueError("state must be a two letter code")
        try:
            response = self._client.get("/alerts/active", params={"area": state.upper()})
        except httpx.TransportError as exc:
            raise AlertsUnavailable(type(exc).__name__) from exc
        if response.status_code in RETRYABLE:
            raise AlertsUnavailable(f"status {response.status_code}")
        response.raise_for_status()

        alerts = []
        for feature in response.json().get("features", []):
            try:
                alerts.append(Alert.model_validate(feature["properties"]))
            except (KeyError, ValidationError):
                logger.warning("alert not understood", extra={"alert": feature.get("id")})
        return alerts

    def close(self) -> None:
        self._client.close()
