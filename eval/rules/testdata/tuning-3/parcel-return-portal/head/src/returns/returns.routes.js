const express = require('express');
const { Order } = require('../models/order');
const { ReturnLabel } = require('../models/return-label');
const dhl = require('../carriers/dhl');
const wrap = require('../middleware/async');

const router = express.Router();
router.use(express.json({ limit: '20kb' }));

// called by the shop's storefront widget and by the returns partner
router.post(
  '/labels',
  wrap(async (req, res) => {
    const { orderNumber, returnToken, lines } = req.body;
    const order = await Order.findOne({ number: orderNumber, returnToken });
    if (!order) {
      return res.status(404).json({ error: 'order_not_found' });
    }
    if (order.returnBy < new Date()) {
      return res.status(409).json({ error: 'return_period_over' });
    }

    const existing = await ReturnLabel.findOne({ order: order._id });
    if (existing) return res.json({ labelUrl: existing.url });

    const label = await dhl.returnLabel({
      reference: order.number,
      sender: order.shippingAddress,
      items: lines.map((l) => ({ sku: l.sku, quantity: l.quantity })),
    });
    await ReturnLabel.create({ order: order._id, url: label.url, shipmentNumber: label.shipmentNumber });
    return res.status(201).json({ labelUrl: label.url });
  }),
);

module.exports = router;
