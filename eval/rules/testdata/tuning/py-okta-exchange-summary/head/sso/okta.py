import logging
from dataclasses import dataclass, field

import httpx

log = logging.getLogger(__name__)


def masked(value: str) -> str:
    return f"{value[:4]}…" if len(value) > 8 else "…"


@dataclass(frozen=True)
class TokenSet:
    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_in: int


class TokenExchangeError(Exception):
    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"token exchange failed: {status} {code}")


class OktaOAuth:
    def __init__(self, domain: str, client_id: str, client_secret: str, redirect_uri: str) -> None:
        self._url = f"https://{domain}/oauth2/default/v1/token"
        self._client_id = client_id
        self._client_secret = client_secret
        self._redirect_uri = redirect_uri

    async def exchange(self, code: str, verifier: str) -> TokenSet:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": self._redirect_uri,
        }
        async with httpx.AsyncClient(timeout=10) as client:
            response = await client.post(self._url, data=form, auth=(self._client_id, self._client_secret))
        log.info("token exchange for client %s answered %s", masked(self._client_id), response.status_code)

        if response.status_code != 200:
            is_json = response.headers.get("content-type", "").startswith("application/json")
            code = str(response.json().get("error", "unknown"))[:40] if is_json else "unknown"
            raise TokenExchangeError(response.status_code, code)
        tokens = TokenSet(**{k: response.json().get(k) for k in ("access_token", "refresh_token", "expires_in")})
        if not tokens.access_token:
            raise TokenExchangeError(response.status_code, "no_access_token")
        log.debug("received %s", tokens)
        return tokens
