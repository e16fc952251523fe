import CircuitBreaker from 'opossum';
import { z } from 'zod';
import { logger } from '../lib/logger';
import { settings } from '../settings';

const answer = z.object({ items: z.array(z.string()).max(50) });

async function load(productId: string): Promise<string[]> {
  const res = await fetch(new URL(`/v1/similar/${encodeURIComponent(productId)}`, settings.recommendations.url), {
    headers: { authorization: `Bearer ${settings.recommendations.token}` },
    signal: AbortSignal.timeout(800),
  });
  if (!res.ok) {
    throw new Error(`recommendations answered ${res.status}`);
  }
  return answer.parse(await res.json()).items;
}

const breaker = new CircuitBreaker(load, {
  timeout: 1_000,
  errorThresholdPercentage: 50,
  volumeThreshold: 20,
  resetTimeout: 15_000,
  name: 'recommendations',
});

breaker.fallback(() => [] as string[]);
breaker.on('open', () => logger.warn({ breaker: breaker.name }, 'breaker opened'));
breaker.on('close', () => logger.info({ breaker: breaker.name }, 'breaker closed'));
breaker.on('failure', (err: Error) => logger.debug({ message: err.message }, 'recommendations failed'));

export function similarTo(productId: string): Promise<string[]> {
  return breaker.fire(productId);
}
