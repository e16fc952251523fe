import logging

import plaid
from plaid.model.item_access_token_invalidate_request import ItemAccessTokenInvalidateRequest

from banking.client import plaid_client
from banking.models import BankItem
from banking.vault import decrypt, encrypt

logger = logging.getLogger(__name__)


class RotationError(Exception):
    pass


def rotate(item: BankItem) -> None:
    access_token = decrypt(item.access_token)
    try:
        response = plaid_client.item_access_token_invalidate(
            ItemAccessTokenInvalidateRequest(access_token=access_token),
            _request_timeout=10,
        )
    except plaid.ApiException as exc:
        raise RotationError(item.plaid_item_id) from exc

    item.access_token = encrypt(response["new_access_token"])
    item.save(update_fields=["access_token"])


def rotate_all(items) -> int:
    failed = 0
    for item in items:
        try:
            rotate(item)
        except RotationError:
            failed += 1
    return failed
