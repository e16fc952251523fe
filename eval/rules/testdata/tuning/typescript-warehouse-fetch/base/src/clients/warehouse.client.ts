import { z } from 'zod';

const stockSchema = z.object({
  sku: z.string(),
  available: z.number().int().nonnegative(),
  reserved: z.number().int().nonnegative(),
});

export type Stock = z.infer<typeof stockSchema>;

export interface WarehouseClient {
  stock(sku: string): Promise<Stock>;
  stockMany(skus: string[]): Promise<Stock[]>;
}
