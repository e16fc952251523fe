import logging

import httpx

from stock.settings import ShopifySettings

logger = logging.getLogger(__name__)

SET_QUANTITIES = """
mutation SetQuantities($input: InventorySetQuantitiesInput!) {
  inventorySetQuantities(input: $input) {
    inventoryAdjustmentGroup { id }
    userErrors { field message }
  }
}
"""


class ShopifyStock:
    def __init__(self, settings: ShopifySettings) -> None:
        self._client = httpx.Client(
            base_url=f"https://{settings.shop}/admin/api/2024-07",
            headers={"X-Shopify-Access-Token": settings.access_token.get_secret_value()},
            timeout=httpx.Timeout(15, connect=4),
        )

    def set_available(self, location_id: str, quantities: dict[str, int], reference: str) -> None:
        variables = {
            "input": {
                "name": "available",
                "reason": "correction",
                "referenceDocumentUri": reference,
                "ignoreCompareQuantity": True,
                "quantities": [
                    {"inventoryItemId": item, "locationId": location_id, "quantity": quantity}
                    for item, quantity in quantities.items()
                ],
            }
        }
        response = self._client.post(
            "/graphql.json", json={"query": SET_QUANTITIES, "variables": variables}
        )
        response.raise_for_status()
        logger.info("%d quantities set at %s", len(quantities), location_id)
