import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { counter } from '../metrics';
import { logger } from '../logger';

const summarySchema = z.object({
  score: z.object({ trustScore: z.number().min(0).max(5) }),
  numberOfReviews: z.object({ total: z.number().int() }),
});

export interface Badge {
  score: number;
  reviews: number;
}

const failures = counter('review_badge_failures_total', 'Trustpilot summary reads that failed');
const cache = new LRUCache<string, { badge: Badge | null; at: number }>({ max: 500 });
const FRESH_MS = 15 * 60_000;

export class ReviewBadge {
  constructor(private readonly apiKey: string) {}

  /** The badge is decoration: a page without it is fine, a slow page is not. */
  async forBusinessUnit(unitId: string): Promise<Badge | null> {
    const known = cache.get(unitId);
    if (known && Date.now() - known.at < FRESH_MS) return known.badge;
    try {
      const badge = await this.read(unitId);
      cache.set(unitId, { badge, at: Date.now() });
      return badge;
    } catch (err) {
      failures.inc();
      logger.warn({ unitId, err: (err as Error).message }, 'review badge not refreshed');
      const badge = known?.badge ?? null;
      cache.set(unitId, { badge, at: Date.now() - FRESH_MS + 60_000 });
      return badge;
    }
  }

  private async read(unitId: string): Promise<Badge> {
    const res = await fetch(`https://api.trustpilot.com/v1/business-units/${encodeURIComponent(unitId)}`, {
      headers: { apikey: this.apiKey },
      signal: AbortSignal.timeout(800),
    });
    if (!res.ok) throw new Error(`trustpilot answered ${res.status}`);
    const { score, numberOfReviews } = summarySchema.parse(await res.json());
    return { score: score.trustScore, reviews: numberOfReviews.total };
  }
}
