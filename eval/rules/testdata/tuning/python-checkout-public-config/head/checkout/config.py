import os
from dataclasses import dataclass

# identifiers that the browser gets anyway
STRIPE_PUBLISHABLE_KEY = "pk_live_51JxPublicCheckoutKeyForAcmeStorefront"
ALGOLIA_APP_ID = "ACME7Q2K1P"
SENTRY_BROWSER_DSN = "https://9f1c2b7a4d3e4f5a8b6c7d8e9f0a1b2c@o48211.ingest.sentry.io/5912345"


class MissingSetting(RuntimeError):
    def __init__(self, name: str) -> None:
        super().__init__(f"environment variable {name} is not set")


def _required(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise MissingSetting(name)
    return value


@dataclass(frozen=True)
class ServerKeys:
    stripe_secret: str
    algolia_admin: str

    @classmethod
    def load(cls) -> "ServerKeys":
        return cls(
            stripe_secret=_required("STRIPE_SECRET_KEY"),
            algolia_admin=_required("ALGOLIA_ADMIN_KEY"),
        )

    def __repr__(self) -> str:
        return "ServerKeys(stripe_secret=***, algolia_admin=***)"


def browser_config() -> dict[str, str]:
    return {
        "stripeKey": STRIPE_PUBLISHABLE_KEY,
        "searchApp": ALGOLIA_APP_ID,
        "sentryDsn": SENTRY_BROWSER_DSN,
    }
