import os
from dataclasses import dataclass, field


@dataclass(frozen=True)
class BrowserConfig:
    """Values that are sent to the browser."""

    stripe_publishable_key: str = "pk_live_51Hq8ZtKd92LmPvXoNcRwYgUa7JfEsB3i"
    sentry_dsn: str = "https://8f1c2d7be0a94c56b3de71f09a24c8e5@o218734.ingest.sentry.io/5521870"
    google_client_id: str = "704918263540-k3v9q1m8d7s6f5g4h2j0.apps.googleusercontent.com"
    algolia_app_id: str = "B7XK29QWLM"

    def as_dict(self) -> dict[str, str]:
        return {
            "stripeKey": self.stripe_publishable_key,
            "sentryDsn": self.sentry_dsn,
            "googleClientId": self.google_client_id,
            "algoliaAppId": self.algolia_app_id,
        }


@dataclass(frozen=True)
class ServerConfig:
    stripe_secret_key: str = field(default_factory=lambda: os.environ["STRIPE_SECRET_KEY"], repr=False)
    stripe_webhook_secret: str = field(default_factory=lambda: os.environ["STRIPE_WEBHOOK_SECRET"], repr=False)
    google_client_secret: str = field(default_factory=lambda: os.environ["GOOGLE_CLIENT_SECRET"], repr=False)


browser = BrowserConfig()
server = ServerConfig()
