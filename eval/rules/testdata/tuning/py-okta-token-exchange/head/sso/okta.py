import logging
from dataclasses import dataclass

import httpx

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TokenSet:
    access_token: str
    refresh_token: str | None
    expires_in: int


class TokenExchangeError(Exception):
    pass


class OktaOAuth:
    def __init__(self, domain: str, client_id: str, client_secret: str, redirect_uri: str) -> None:
        self._url = f"https://{domain}/oauth2/default/v1/token"
        self._client_id = client_id
        self._client_secret = client_secret
        self._redirect_uri = redirect_uri

    async def exchange(self, code: str, verifier: str) -> TokenSet:
        form = {
            "grant_type": "authorization_code",
            "client_id": self._client_id,
            "client_secret": self._client_secret,
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": self._redirect_uri,
        }
        async with httpx.AsyncClient(timeout=10) as client:
            response = await client.post(self._url, data=form)
        log.debug("token exchange %s -> %s %s", form, response.status_code, response.text)
        if response.status_code != 200:
            raise TokenExchangeError(f"exchange of {form} failed: {response.text}")
        body = response.json()
        return TokenSet(body["access_token"], body.get("refresh_token"), int(body["expires_in"]))
