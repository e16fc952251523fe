import hashlib
import hmac
import time
from functools import lru_cache

import jwt
import plaid
from plaid.api import plaid_api
from plaid.model.webhook_verification_key_get_request import WebhookVerificationKeyGetRequest

from ledger.plaid_client import client

MAX_AGE = 300


class Rejected(Exception):
    pass


@lru_cache(maxsize=16)
def _key(kid: str) -> jwt.PyJWK:
    api: plaid_api.PlaidApi = client()
    answer = api.webhook_verification_key_get(WebhookVerificationKeyGetRequest(key_id=kid), _request_timeout=10)
    return jwt.PyJWK.from_dict(answer["key"].to_dict(), algorithm="ES256")


def verify(body: bytes, token: str) -> None:
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") != "ES256":
            raise Rejected("unexpected algorithm")
        claims = jwt.decode(token, _key(header["kid"]).key, algorithms=["ES256"], options={"require": ["iat"]})
    except (jwt.InvalidTokenError, KeyError, plaid.ApiException) as exc:
        raise Rejected("token not accepted") from exc
    if time.time() - claims["iat"] > MAX_AGE:
        raise Rejected("too old")
    digest = hashlib.sha256(body).hexdigest()
    if not hmac.compare_digest(digest, claims.get("request_body_sha256", "")):
        raise Rejected("body does not match")
