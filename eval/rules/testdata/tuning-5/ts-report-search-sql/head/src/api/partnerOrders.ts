import { Router } from 'express';
import { pool } from '../db';
import { requirePartnerKey } from '../auth/partnerKey';

export const partnerOrders = Router();

partnerOrders.use(requirePartnerKey);

partnerOrders.get('/orders', async (req, res, next) => {
  try {
    const partnerId = res.locals.partnerId as string;
    const limit = Math.min(Number(req.query.limit ?? 50) || 50, 200);
    const status = String(req.query.status ?? 'open');
    const sort = String(req.query.sort ?? 'created_at');
    const { rows } = await pool.query(
      `SELECT id, status, total_cents, created_at FROM orders
        WHERE partner_id = $1 AND status = '${status}'
        ORDER BY ${sort} DESC LIMIT $2`,
      [partnerId, limit],
    );
    res.json({ data: rows });
  } catch (err) {
    next(err);
  }
});

partnerOrders.get('/orders/:id', async (req, res, next) => {
  try {
    const { rows } = await pool.query(
      'SELECT id, status, total_cents, created_at FROM orders WHERE partner_id = $1 AND id = $2',
      [res.locals.partnerId, req.params.id],
    );
    if (rows.length === 0) {
      res.status(404).json({ error: 'not found' });
      return;
    }
    res.json({ data: rows[0] });
  } catch (err) {
    next(err);
  }
});
