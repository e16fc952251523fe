from shop.schemas import OrderPayload
from shop.webhooks.base import ShopifyWebhookView


class OrderCreated(ShopifyWebhookView):
    topic = "orders/create"
    schema = OrderPayload
