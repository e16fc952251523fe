import type { Request, Response, NextFunction } from 'express';
import * as webhooks from 'gocardless-nodejs/webhooks';
import type { Pool } from 'pg';
import { logger } from '../../logger';

interface Deps {
  pool: Pool;
  endpointSecret: string;
}

export function gocardlessHandler({ pool, endpointSecret }: Deps) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    let events: ReturnType<typeof webhooks.parse>;
    try {
      events = webhooks.parse(req.body, endpointSecret, req.get('webhook-signature') ?? '');
    } catch (err) {
      if (err instanceof webhooks.InvalidSignatureError) {
        res.status(498).end();
        return;
      }
      next(err);
      return;
    }

    try {
      const ids = events.map((e) => e.id);
      const bodies = events.map((e) => JSON.stringify(e));
      const { rowCount } = await pool.query(
        `insert into gocardless_inbox (event_id, body)
         select * from unnest($1::text[], $2::jsonb[])
         on conflict (event_id) do nothing`,
        [ids, bodies],
      );
      logger.info({ received: ids.length, stored: rowCount }, 'gocardless: batch stored');
      res.status(204).end();
    } catch (err) {
      next(err);
    }
  };
}
