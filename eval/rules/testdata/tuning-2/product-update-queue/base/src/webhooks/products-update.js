import { hmacValid } from './hmac.js';
import { rebuildProduct } from '../catalog/rebuild.js';

const SHOP = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;

/** express.raw({ type: 'application/json', limit: '200kb' }) is mounted in app.js */
export async function productsUpdate(req, res, next) {
  if (!hmacValid(req.body, req.get('x-shopify-hmac-sha256'), process.env.SHOPIFY_API_SECRET)) {
    return res.sendStatus(401);
  }
  const shop = req.get('x-shopify-shop-domain') ?? '';
  if (!SHOP.test(shop)) return res.sendStatus(422);

  try {
    await rebuildProduct(shop, JSON.parse(req.body.toString('utf8')));
  } catch (err) {
    return next(err);
  }
  return res.sendStatus(200);
}
