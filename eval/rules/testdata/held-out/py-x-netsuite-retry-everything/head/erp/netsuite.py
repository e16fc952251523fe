import logging

import requests
from requests_oauthlib import OAuth1
from tenacity import before_sleep_log, retry, wait_fixed

from erp.config import NetSuiteConfig

log = logging.getLogger("erp.netsuite")


class NetSuite:
    def __init__(self, config: NetSuiteConfig) -> None:
        account = config.account.lower().replace("_", "-")
        self._base = f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1"
        self._session = requests.Session()
        self._session.auth = OAuth1(
            config.consumer_key,
            config.consumer_secret,
            config.token_id,
            config.token_secret,
            realm=config.account,
            signature_method="HMAC-SHA256",
        )

    @retry(wait=wait_fixed(1), before_sleep=before_sleep_log(log, logging.WARNING))
    def create_journal_entry(self, lines: list[dict], subsidiary: int, memo: str) -> str:
        response = self._session.post(
            f"{self._base}/journalEntry",
            json={"subsidiary": {"id": subsidiary}, "memo": memo, "line": {"items": lines}},
            timeout=60,
        )
        response.raise_for_status()
        location = response.headers["Location"]
        log.info("journal entry created: %s", location.rsplit("/", 1)[-1])
        return location.rsplit("/", 1)[-1]
