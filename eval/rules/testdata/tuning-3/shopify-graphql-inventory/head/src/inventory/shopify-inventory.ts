import { request } from 'undici';
import { ShopCredentials } from '../shops/credentials';
import { InventoryLevel, levels } from '../store/levels';

const SET_QUANTITIES = /* GraphQL */ `
  mutation SetQuantities($input: InventorySetQuantitiesInput!) {
    inventorySetQuantities(input: $input) {
      inventoryAdjustmentGroup { id }
      userErrors { code field message }
    }
  }
`;

export class ShopifyInventory {
  constructor(private readonly shop: ShopCredentials) {}

  async push(changes: InventoryLevel[]): Promise<void> {
    const { statusCode, body } = await request(`https://${this.shop.domain}/admin/api/2026-01/graphql.json`, {
      method: 'POST',
      headersTimeout: 10_000,
      bodyTimeout: 10_000,
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': this.shop.accessToken },
      body: JSON.stringify({
        query: SET_QUANTITIES,
        variables: {
          input: {
            name: 'available',
            reason: 'correction',
            ignoreCompareQuantity: true,
            quantities: changes.map((c) => ({
              inventoryItemId: c.inventoryItemGid,
              locationId: c.locationGid,
              quantity: c.available,
            })),
          },
        },
      }),
    });

    if (statusCode !== 200) {
      await body.dump();
      throw new Error(`shopify inventory push answered ${statusCode}`);
    }
    await body.dump();
    await levels.markPushed(changes.map((c) => c.id));
  }
}
