const express = require('express');
const { z } = require('zod');
const { Order } = require('../models/order');
const { scannerAuth } = require('../middleware/scanner-auth');
const wrap = require('../middleware/async');

const scanBody = z
  .object({
    orderNumber: z.string().regex(/^R-\d{6,10}$/),
    condition: z.enum(['new', 'opened', 'damaged']),
    scannedAt: z.string().datetime({ offset: true }),
  })
  .strict();

const router = express.Router();
router.use(express.json({ limit: '10kb' }), scannerAuth);

router.post(
  '/scans',
  wrap(async (req, res) => {
    const body = scanBody.safeParse(req.body);
    if (!body.success) return res.status(422).json({ error: 'invalid_scan', issues: body.error.issues });

    const { orderNumber, condition, scannedAt } = body.data;
    const filter = { number: orderNumber };

    const order = await Order.findOneAndUpdate(
      { ...filter, 'return.receivedAt': null },
      { $set: { 'return.receivedAt': new Date(scannedAt), 'return.condition': condition } },
      { new: true },
    );
    if (!order && !(await Order.exists(filter))) return res.status(404).json({ error: 'order_not_found' });
    return res.status(204).end();
  }),
);

module.exports = router;
