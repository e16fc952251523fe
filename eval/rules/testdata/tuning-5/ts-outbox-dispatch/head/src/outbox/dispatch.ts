import type { Pool } from 'pg';
import { logger } from '../logger';
import { metrics } from '../metrics';

const MAX_ATTEMPTS = 12;

interface OutboxRow {
  id: string;
  topic: string;
  body: unknown;
  attempts: number;
}

async function deliver(endpoint: string, token: string, row: OutboxRow): Promise<number> {
  const res = await fetch(`${endpoint}/events/${encodeURIComponent(row.topic)}`, {
    method: 'POST',
    redirect: 'error',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': row.id,
    },
    body: JSON.stringify(row.body),
    signal: AbortSignal.timeout(10_000),
  });
  await res.body?.cancel();
  return res.status;
}

export async function dispatchOne(pool: Pool, endpoint: string, token: string): Promise<boolean> {
  const claim = await pool.query<OutboxRow>(
    `UPDATE outbox SET attempts = attempts + 1,
            next_at = now() + make_interval(secs => least(3600, 5 * power(2, attempts)) * (0.8 + random() * 0.4))
      WHERE id = (SELECT id FROM outbox WHERE state = 'pending' AND next_at <= now()
                   ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, topic, body, attempts`,
  );
  const row = claim.rows[0];
  if (!row) {
    return false;
  }

  let status = 0;
  try {
    status = await deliver(endpoint, token, row);
  } catch (err) {
    logger.warn({ id: row.id, attempt: row.attempts, err: (err as Error).name }, 'delivery failed');
  }

  if (status >= 200 && status < 300) {
    await pool.query(`UPDATE outbox SET state = 'sent', sent_at = now() WHERE id = $1`, [row.id]);
    return true;
  }
  const refused = status >= 400 && status < 500 && status !== 408 && status !== 429;
  if (refused || row.attempts >= MAX_ATTEMPTS) {
    await pool.query(`UPDATE outbox SET state = 'dead' WHERE id = $1`, [row.id]);
    metrics.increment('outbox.dead', { topic: row.topic });
    logger.error({ id: row.id, status, attempts: row.attempts }, 'outbox entry is dead');
  }
  return true;
}
