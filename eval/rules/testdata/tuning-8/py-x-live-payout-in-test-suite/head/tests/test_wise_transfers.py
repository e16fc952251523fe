import os
import uuid

import pytest
import requests

from treasury.wise import WiseClient, WiseError

BASE_URL = "https://api.wise.com"


@pytest.fixture(scope="module")
def client() -> WiseClient:
    return WiseClient(BASE_URL, token=os.environ["WISE_PRODUCTION_TOKEN"], timeout=20)


@pytest.fixture
def recipient(client: WiseClient) -> int:
    return client.create_recipient(
        currency="EUR", holder="Integration Test", iban=os.environ["TEST_RECIPIENT_IBAN"]
    )


def test_transfer_is_funded(client: WiseClient, recipient: int) -> None:
    key = uuid.uuid4()
    quote = client.quote(source="EUR", target="EUR", amount="1.00")
    transfer = client.create_transfer(quote, recipient, customer_transaction_id=key, reference="ci run")

    client.fund(transfer.id)

    assert client.transfer(transfer.id).status == "processing"


def test_same_key_returns_same_transfer(client: WiseClient, recipient: int) -> None:
    key = uuid.uuid4()
    quote = client.quote(source="EUR", target="EUR", amount="1.00")
    first = client.create_transfer(quote, recipient, customer_transaction_id=key, reference="ci run")
    second = client.create_transfer(quote, recipient, customer_transaction_id=key, reference="ci run")
    client.cancel(first.id)

    assert first.id == second.id


def test_unknown_recipient_is_refused(client: WiseClient) -> None:
    quote = client.quote(source="EUR", target="EUR", amount="1.00")
    with pytest.raises(WiseError) as failure:
        client.create_transfer(quote, 0, customer_transaction_id=uuid.uuid4(), reference="ci run")
    assert isinstance(failure.value.__cause__, requests.HTTPError)
