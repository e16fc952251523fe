import json

import pytest
import requests
import responses

from collections_app.errors import CollectionRefused, CollectionUnavailable
from collections_app.gocardless import GoCardless
from collections_app.models import Mandate

API = "https://api-sandbox.gocardless.test"
TOKEN = "sandbox_dummy_token_for_tests"


@pytest.fixture
def gateway():
    return GoCardless(API, TOKEN)


@pytest.fixture
def mandate():
    return Mandate(external_id="MD000TEST", holder="Ada Example")


@responses.activate
def test_collect_returns_payment_id(gateway, mandate):
    responses.post(f"{API}/payments", json={"payments": {"id": "PM1"}}, status=201)
    assert gateway.collect(mandate, 1250, "EUR", "June", key="inv-1") == "PM1"

    sent = responses.calls[0].request
    assert sent.headers["Idempotency-Key"] == "inv-1"
    assert sent.headers["Authorization"] == f"Bearer {TOKEN}"
    assert json.loads(sent.body)["payments"]["amount"] == 1250


@responses.activate
@pytest.mark.parametrize("status", [429, 500, 503])
def test_collect_unavailable(gateway, mandate, status):
    responses.post(f"{API}/payments", status=status)
    with pytest.raises(CollectionUnavailable):
        gateway.collect(mandate, 1250, "EUR", "June", key="inv-1")


@responses.activate
def test_collect_refused(gateway, mandate):
    responses.post(f"{API}/payments", json={"error": {"type": "invalid_state"}}, status=422)
    with pytest.raises(CollectionRefused):
        gateway.collect(mandate, 1250, "EUR", "June", key="inv-1")


@responses.activate
def test_network_error_is_not_hidden(gateway, mandate):
    responses.post(f"{API}/payments", body=requests.ConnectionError("reset"))
    with pytest.raises(requests.ConnectionError):
        gateway.collect(mandate, 1250, "EUR", "June", key="inv-1")
