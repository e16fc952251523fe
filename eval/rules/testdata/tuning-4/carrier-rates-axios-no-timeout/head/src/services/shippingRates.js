const axios = require('axios');
const { z } = require('zod');
const logger = require('../lib/logger');

const ratesResponse = z.object({
  rates: z.array(
    z.object({
      service_code: z.string(),
      total_minor: z.number().int().nonnegative(),
      currency: z.string().length(3),
      delivery_days: z.number().int().nullable(),
    }),
  ),
});

function toParcel(cart) {
  return {
    weight_grams: cart.items.reduce((sum, i) => sum + i.weightGrams * i.quantity, 0),
    dimensions_mm: cart.packaging,
  };
}

async function quoteRates(cart, address) {
  try {
    const { data } = await axios.post(
      `${process.env.CARRIER_API_URL}/v2/rates`,
      {
        from: process.env.WAREHOUSE_ZIP,
        to: { zip: address.zip, country: address.countryCode },
        parcels: [toParcel(cart)],
      },
      { headers: { Authorization: `Bearer ${process.env.CARRIER_API_TOKEN}` } },
    );
    const { rates } = ratesResponse.parse(data);
    return rates
      .map((r) => ({
        code: r.service_code,
        priceMinor: r.total_minor,
        currency: r.currency,
        days: r.delivery_days,
      }))
      .sort((a, b) => a.priceMinor - b.priceMinor);
  } catch (err) {
    logger.error(
      { status: err.response?.status, cartId: cart.id, message: err.message },
      'carrier rate lookup failed',
    );
    throw new Error('SHIPPING_RATES_UNAVAILABLE', { cause: err });
  }
}

module.exports = { quoteRates };
