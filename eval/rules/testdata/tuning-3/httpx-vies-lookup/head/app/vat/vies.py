import logging
import re
from enum import Enum

import httpx
from pydantic import BaseModel, ConfigDict, Field

log = logging.getLogger(__name__)

VAT_NUMBER = re.compile(r"^(?P<country>[A-Z]{2})(?P<number>[0-9A-Z+*]{2,12})$")


class VatStatus(str, Enum):
    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


class ViesAnswer(BaseModel):
    model_config = ConfigDict(extra="ignore")

    valid: bool
    name: str | None = None
    user_error: str | None = Field(default=None, alias="userError")


class ViesClient:
    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    @classmethod
    def create(cls) -> "ViesClient":
        return cls(httpx.AsyncClient(base_url="https://ec.europa.eu/taxation_customs/vies/rest-api"))

    async def check(self, vat_id: str) -> VatStatus:
        match = VAT_NUMBER.match(vat_id.replace(" ", "").upper())
        if match is None:
            return VatStatus.INVALID
        try:
            response = await self._http.get(f"/ms/{match['country']}/vat/{match['number']}")
            response.raise_for_status()
            answer = ViesAnswer.model_validate_json(response.content)
        except (httpx.HTTPError, ValueError) as exc:
            log.warning("vies check for %s not answered: %s", match["country"], type(exc).__name__)
            # the order goes through with VAT and the nightly job checks again
            return VatStatus.UNKNOWN
        if answer.user_error not in (None, "VALID", "INVALID"):
            return VatStatus.UNKNOWN
        return VatStatus.VALID if answer.valid else VatStatus.INVALID

    async def aclose(self) -> None:
        await self._http.aclose()
