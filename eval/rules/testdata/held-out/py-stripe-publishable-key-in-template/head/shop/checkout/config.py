import os
from functools import lru_cache

import stripe

STRIPE_PUBLISHABLE_KEY = "pk_live_51NfT2kJq8WvXzR4mBcLpYd7HsUeGo3AiKt9"

API_VERSION = "2024-06-20"


@lru_cache(maxsize=1)
def stripe_client() -> stripe.StripeClient:
    return stripe.StripeClient(
        os.environ["STRIPE_SECRET_KEY"],
        stripe_version=API_VERSION,
        max_network_retries=2,
        http_client=stripe.RequestsClient(timeout=20),
    )
