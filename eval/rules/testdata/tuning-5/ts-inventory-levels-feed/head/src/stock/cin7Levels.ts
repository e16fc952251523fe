import { supplierHttp } from './supplierHttp';
import { db } from '../db';
import { logger } from '../logger';

interface Level {
  sku: string;
  branch: string;
  available: number;
  incoming: number;
}

export async function pullLevels(supplierId: string): Promise<number> {
  const res = await supplierHttp.get('/v1/stock', { params: { supplier: supplierId } });
  const levels = res.data.items as Level[];

  await db.transaction(async (trx) => {
    for (const level of levels) {
      await trx('stock_levels')
        .insert({
          supplier_id: supplierId,
          sku: level.sku,
          branch: level.branch,
          available: Number(level.available),
          incoming: Number(level.incoming),
          pulled_at: trx.fn.now(),
        })
        .onConflict(['supplier_id', 'sku', 'branch'])
        .merge();
    }
  });

  logger.info({ supplierId, count: levels.length }, 'supplier stock pulled');
  return levels.length;
}
