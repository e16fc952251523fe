from dataclasses import dataclass
from typing import Any

import requests

from filing.fraud_headers import fraud_prevention_headers
from filing.models import VatPeriod

BASE = "https://api.service.hmrc.gov.uk"


@dataclass(frozen=True)
class Receipt:
    processing_date: str
    form_bundle: str


def build_payload(period: VatPeriod) -> dict[str, Any]:
    output_tax = sum(float(line.vat) for line in period.sales)
    input_tax = sum(float(line.vat) for line in period.purchases)
    return {
        "periodKey": period.key,
        "vatDueSales": int(output_tax * 100) / 100,
        "vatDueAcquisitions": 0.0,
        "totalVatDue": int(output_tax * 100) / 100,
        "vatReclaimedCurrPeriod": int(input_tax * 100) / 100,
        "netVatDue": abs(int((output_tax - input_tax) * 100) / 100),
        "totalValueSalesExVAT": int(sum(line.net for line in period.sales)),
        "totalValuePurchasesExVAT": int(sum(line.net for line in period.purchases)),
        "totalValueGoodsSuppliedExVAT": 0,
        "totalAcquisitionsExVAT": 0,
        "finalised": True,
    }


def submit(period: VatPeriod, token: str) -> Receipt:
    response = requests.post(
        f"{BASE}/organisations/vat/{period.vrn}/returns",
        json=build_payload(period),
        headers={
            "Authorization": f"Bearer {token}",
            "Accept": "application/vnd.hmrc.1.0+json",
            **fraud_prevention_headers(period.submitted_by),
        },
        timeout=30,
    )
    response.raise_for_status()
    body = response.json()
    return Receipt(body["processingDate"], body["formBundleNumber"])
