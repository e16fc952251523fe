import { z } from 'zod';

const schema = z.object({
  PORT: z.coerce.number().default(8787),
  DATABASE_URL: z.string().url(),
  LEMONSQUEEZY_WEBHOOK_SECRET: z.string().min(16),
});

export const env = schema.parse(process.env);
