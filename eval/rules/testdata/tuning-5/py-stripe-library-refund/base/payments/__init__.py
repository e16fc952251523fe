import stripe
from django.conf import settings

stripe.api_key = settings.STRIPE_SECRET_KEY
stripe.api_version = "2024-06-20"
stripe.max_network_retries = 2
stripe.default_http_client = stripe.RequestsClient(timeout=15)
