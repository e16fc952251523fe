const { z } = require('zod');

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

module.exports = { ratesResponse };
