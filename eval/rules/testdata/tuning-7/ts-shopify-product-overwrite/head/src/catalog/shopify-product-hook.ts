import { createHmac, timingSafeEqual } from 'node:crypto';
import express, { Router } from 'express';
import { z } from 'zod';
import { db } from '../db';
import { config } from '../config';

const Product = z.object({
  id: z.number().int(),
  title: z.string(),
  status: z.enum(['active', 'archived', 'draft']),
  updated_at: z.string(),
  variants: z.array(z.object({ price: z.string(), inventory_quantity: z.number().int() })).min(1),
});

function fromShopify(raw: Buffer, header: string | undefined): boolean {
  const expected = createHmac('sha256', config.shopify.apiSecret).update(raw).digest();
  const given = Buffer.from(header ?? '', 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export const shopifyProducts = Router();

const rawJson = express.raw({ type: 'application/json', limit: '4mb' });

shopifyProducts.post('/shopify/products-update', rawJson, async (req, res, next) => {
  try {
    if (!fromShopify(req.body, req.get('x-shopify-hmac-sha256'))) {
      res.sendStatus(401);
      return;
    }

    const product = Product.parse(JSON.parse(req.body.toString('utf8')));
    await db('products')
      .insert({
        shopify_id: product.id,
        title: product.title,
        status: product.status,
        price: product.variants[0].price,
        stock: product.variants.reduce((sum, v) => sum + v.inventory_quantity, 0),
        source_updated_at: product.updated_at,
      })
      .onConflict('shopify_id')
      .merge();
    res.sendStatus(200);
  } catch (err) {
    next(err);
  }
});
