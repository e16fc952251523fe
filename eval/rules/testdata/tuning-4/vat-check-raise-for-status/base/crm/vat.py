import logging
from dataclasses import dataclass

import requests
from django.core.cache import cache

from crm.conf import VAT_SERVICE_TOKEN, VAT_SERVICE_URL

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class VatResult:
    valid: bool
    name: str


class VatServiceError(Exception):
    pass


def check_vat(country: str, number: str) -> VatResult:
    key = f"vat:{country}:{number}"
    cached = cache.get(key)
    if cached is not None:
        return cached

    try:
        response = requests.get(
            f"{VAT_SERVICE_URL}/check/{country}/{number}",
            headers={"Authorization": f"Token {VAT_SERVICE_TOKEN}"},
            timeout=(3, 10),
        )
        response.raise_for_status()
    except (requests.RequestException, ValueError) as exc:
        raise VatServiceError(f"VAT check for {country} failed") from exc

    fields = dict(line.split("=", 1) for line in response.text.splitlines() if "=" in line)
    result = VatResult(valid=fields.get("valid") == "1", name=fields.get("name", ""))
    cache.set(key, result, timeout=24 * 3600)
    logger.info("vat number of %s checked: %s", country, result.valid)
    return result
