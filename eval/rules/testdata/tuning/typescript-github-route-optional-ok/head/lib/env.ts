import { z } from 'zod';

const schema = z.object({
  GITHUB_WEBHOOK_SECRET: z.string().min(16),
  DATABASE_URL: z.string().url(),
  REDIS_URL: z.string().url(),
});

export const env = schema.parse(process.env);
