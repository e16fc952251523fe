import ky from 'ky';
import { z } from 'zod';
import { env } from '../config/env';

const account = z.object({
  points: z.number().int(),
  tier: z.enum(['basic', 'silver', 'gold']).catch('basic'),
  calculatedAt: z.string().datetime({ offset: true }),
});

const http = ky.create({
  prefixUrl: env.LOYALTY_URL,
  timeout: 5_000,
  retry: { limit: 2 },
  headers: { 'x-api-key': env.LOYALTY_KEY },
});

export const loyaltyApi = {
  async getAccount(number: string) {
    return account.parse(await http.get(`accounts/${encodeURIComponent(number)}`).json());
  },
};
