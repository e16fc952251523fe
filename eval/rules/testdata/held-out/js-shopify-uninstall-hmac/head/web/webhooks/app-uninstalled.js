import crypto from 'node:crypto';
import express from 'express';
import { sessions } from '../storage/sessions.js';
import { shops } from '../storage/shops.js';
import { logger } from '../logger.js';

const SHOP_DOMAIN = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;

function hasValidHmac(req) {
  const digest = crypto
    .createHmac('sha256', process.env.SHOPIFY_API_SECRET)
    .update(req.body)
    .digest('base64');
  return digest === req.get('X-Shopify-Hmac-Sha256');
}

export const appUninstalled = [
  express.raw({ type: 'application/json', limit: '1mb' }),
  async (req, res, next) => {
    try {
      if (!hasValidHmac(req)) {
        return res.status(401).send('HMAC validation failed');
      }

      const shop = req.get('X-Shopify-Shop-Domain') ?? '';
      if (!SHOP_DOMAIN.test(shop)) {
        return res.status(400).send('unknown shop domain');
      }

      const triggeredAt = new Date(req.get('X-Shopify-Triggered-At') ?? Date.now());
      await sessions.deleteForShop(shop, { createdBefore: triggeredAt });
      await shops.markUninstalled(shop, triggeredAt);
      logger.info({ shop, webhookId: req.get('X-Shopify-Webhook-Id') }, 'app uninstalled');
      return res.status(200).end();
    } catch (err) {
      return next(err);
    }
  },
];
