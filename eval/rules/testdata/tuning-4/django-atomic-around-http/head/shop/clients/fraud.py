import requests

from shop.conf import FRAUD_KEY, FRAUD_URL


class FraudServiceError(Exception):
    pass


class FraudClient:
    def score(self, customer_id: int, total_minor: int, currency: str) -> int:
        try:
            response = requests.post(
                f"{FRAUD_URL}/score",
                json={"customer": customer_id, "amount": total_minor, "currency": currency},
                headers={"X-Api-Key": FRAUD_KEY},
                timeout=8,
            )
            response.raise_for_status()
            return int(response.json()["score"])
        except (requests.RequestException, KeyError, ValueError) as exc:
            raise FraudServiceError from exc
