import structlog
from plaid.api import plaid_api
from plaid.exceptions import ApiException
from plaid.model.accounts_get_request import AccountsGetRequest
from plaid.model.item_public_token_exchange_request import ItemPublicTokenExchangeRequest

from banking.models import BankAccount, BankItem
from banking.vault import TokenVault

logger = structlog.get_logger(__name__)


class LinkFailed(Exception):
    pass


class LinkService:
    def __init__(self, client: plaid_api.PlaidApi, vault: TokenVault) -> None:
        self._client = client
        self._vault = vault

    def complete(self, company_id: int, public_token: str) -> BankItem:
        try:
            exchange = self._client.item_public_token_exchange(
                ItemPublicTokenExchangeRequest(public_token=public_token),
                _request_timeout=15,
            )
        except ApiException as exc:
            logger.warning("plaid.exchange_failed", company_id=company_id, status=exc.status)
            raise LinkFailed("exchange") from exc

        logger.info("plaid.item_linked", company_id=company_id, response=exchange.to_dict())

        secret_ref = self._vault.put(f"plaid/{exchange.item_id}", exchange.access_token)
        item, _ = BankItem.objects.update_or_create(
            external_id=exchange.item_id,
            defaults={"company_id": company_id, "secret_ref": secret_ref},
        )
        self._import_accounts(item, exchange.access_token)
        return item

    def _import_accounts(self, item: BankItem, access_token: str) -> None:
        response = self._client.accounts_get(
            AccountsGetRequest(access_token=access_token), _request_timeout=15
        )
        for account in response.accounts:
            BankAccount.objects.update_or_create(
                external_id=account.account_id,
                defaults={"item": item, "name": account.name, "mask": account.mask},
            )
