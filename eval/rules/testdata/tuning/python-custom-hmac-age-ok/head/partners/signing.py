import hashlib
import hmac
import time
from dataclasses import dataclass

from partners.errors import SignatureError


TOLERANCE_SECONDS = 300


@dataclass(frozen=True)
class SignedRequest:
    body: bytes
    timestamp: str
    signature: str

    @classmethod
    def from_headers(cls, headers, body: bytes) -> "SignedRequest":
        try:
            fields = dict(part.split("=", 1) for part in headers["X-Partner-Signature"].split(","))
            return cls(body=body, timestamp=fields["t"], signature=fields["s"])
        except (KeyError, ValueError) as exc:
            raise SignatureError("malformed signature header") from exc


def check(req: SignedRequest, secrets: list[str]) -> None:
    """Accepts any of the active secrets so that keys can be rotated."""
    if not req.timestamp.isdecimal():
        raise SignatureError("malformed timestamp")
    if abs(time.time() - int(req.timestamp)) > TOLERANCE_SECONDS:
        raise SignatureError("timestamp outside tolerance")
    message = req.timestamp.encode() + b"." + req.body
    for secret in secrets:
        digest = hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
        if hmac.compare_digest(digest.encode(), req.signature.encode()):
            return
    raise SignatureError("no active secret matches")
