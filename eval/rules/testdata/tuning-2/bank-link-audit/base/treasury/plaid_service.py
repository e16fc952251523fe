import plaid
from plaid.api import plaid_api
from plaid.model.accounts_balance_get_request import AccountsBalanceGetRequest
from plaid.model.item_public_token_exchange_request import ItemPublicTokenExchangeRequest

from treasury.vault import seal, unseal
from treasury.models import BankItem

CONNECT_READ = (3.0, 20.0)


class PlaidCallFailed(Exception):
    def __init__(self, operation: str, code: str, request_id: str) -> None:
        super().__init__(f"{operation}: {code} ({request_id})")
        self.code = code


def _failure(operation: str, exc: plaid.ApiException) -> PlaidCallFailed:
    return PlaidCallFailed(operation, str(exc.status), "-")


class PlaidService:
    def __init__(self, api: plaid_api.PlaidApi) -> None:
        self._api = api

    def link(self, company_id: int, public_token: str) -> BankItem:
        request = ItemPublicTokenExchangeRequest(public_token=public_token)
        try:
            answer = self._api.item_public_token_exchange(request, _request_timeout=CONNECT_READ)
        except plaid.ApiException as exc:
            raise _failure("exchange", exc) from None
        return BankItem.objects.create(
            company_id=company_id, item_id=answer.item_id, sealed_token=seal(answer.access_token)
        )

    def balances(self, item: BankItem) -> dict[str, str]:
        request = AccountsBalanceGetRequest(access_token=unseal(item.sealed_token))
        try:
            answer = self._api.accounts_balance_get(request, _request_timeout=CONNECT_READ)
        except plaid.ApiException as exc:
            raise _failure("balances", exc) from None
        return {
            a.account_id: str(a.balances.current)
            for a in answer.accounts
            if a.balances.current is not None
        }
