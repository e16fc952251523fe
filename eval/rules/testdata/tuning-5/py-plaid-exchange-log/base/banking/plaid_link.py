import logging

import plaid
from plaid.api import plaid_api
from plaid.model.item_public_token_exchange_request import ItemPublicTokenExchangeRequest

from banking.models import BankItem
from banking.vault import encrypt
from config import settings

logger = logging.getLogger(__name__)

_configuration = plaid.Configuration(
    host=settings.PLAID_HOST,
    api_key={"clientId": settings.PLAID_CLIENT_ID, "secret": settings.PLAID_SECRET},
)
_client = plaid_api.PlaidApi(plaid.ApiClient(_configuration))


class LinkError(Exception):
    pass


def link_item(user_id: int, public_token: str) -> BankItem:
    request = ItemPublicTokenExchangeRequest(public_token=public_token)
    try:
        response = _client.item_public_token_exchange(request, _request_timeout=10)
    except plaid.ApiException as exc:
        raise LinkError("exchange failed") from exc

    item, _ = BankItem.objects.update_or_create(
        plaid_item_id=response["item_id"],
        defaults={"user_id": user_id, "access_token": encrypt(response["access_token"])},
    )
    return item
