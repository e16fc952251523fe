import logging

import httpx
import pybreaker

from checkout.models import Basket, FraudDecision

log = logging.getLogger(__name__)

_breaker = pybreaker.CircuitBreaker(fail_max=5, reset_timeout=30, name="fraud-score")


class FraudScorer:
    def __init__(self, http: httpx.Client, threshold: float) -> None:
        self._http = http
        self._threshold = threshold

    def decide(self, basket: Basket) -> FraudDecision:
        try:
            score = _breaker.call(self._score, basket)
        except (pybreaker.CircuitBreakerError, httpx.HTTPError) as exc:
            log.warning("fraud score for basket %s unavailable: %s", basket.id, type(exc).__name__)
            return FraudDecision.MANUAL_REVIEW
        return FraudDecision.REJECT if score >= self._threshold else FraudDecision.ACCEPT

    def _score(self, basket: Basket) -> float:
        response = self._http.post(
            "/v1/score",
            json={"basket": basket.id, "total_minor": basket.total_minor, "country": basket.country},
            timeout=4.0,
        )
        response.raise_for_status()
        score = float(response.json()["score"])
        if not 0.0 <= score <= 1.0:
            raise httpx.DecodingError("score out of range")
        return score
