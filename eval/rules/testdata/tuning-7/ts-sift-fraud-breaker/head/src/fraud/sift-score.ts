import CircuitBreaker from 'opossum';
import { z } from 'zod';
import { config } from '../config';
import { logger } from '../logger';

const ScoreResponse = z.object({
  status: z.literal(0),
  scores: z.object({ payment_abuse: z.object({ score: z.number().min(0).max(1) }) }),
});

export type Verdict = { kind: 'scored'; score: number } | { kind: 'unavailable' };

async function requestScore(userId: string): Promise<number> {
  const url = new URL(`https://api.sift.com/v205/users/${encodeURIComponent(userId)}/score`);
  url.searchParams.set('abuse_types', 'payment_abuse');
  const response = await fetch(url, {
    headers: { authorization: `Basic ${Buffer.from(`${config.sift.apiKey}:`).toString('base64')}` },
    signal: AbortSignal.timeout(2_000),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`sift answered ${response.status}`);
  }
  return ScoreResponse.parse(await response.json()).scores.payment_abuse.score;
}

export async function score(userId: string): Promise<Verdict> {
  const breaker = new CircuitBreaker(requestScore, {
    timeout: 2_500,
    errorThresholdPercentage: 50,
    volumeThreshold: 20,
    resetTimeout: 15_000,
  });
  breaker.on('open', () => logger.error('sift: circuit open'));

  try {
    return { kind: 'scored', score: await breaker.fire(userId) };
  } catch (err) {
    logger.warn({ err, userId }, 'sift: no score, order goes to manual review');
    return { kind: 'unavailable' };
  }
}
