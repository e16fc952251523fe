import { pipedrive } from './pipedriveHttp';
import { logger } from '../logger';

export interface DealChange {
  id: number;
  stageId: number;
  value: number;
  currency: string;
}

export async function pushDeal(change: DealChange): Promise<void> {
  await pipedrive.put(`/v1/deals/${change.id}`, {
    stage_id: change.stageId,
    value: change.value,
    currency: change.currency,
  });
  logger.info({ dealId: change.id }, 'deal pushed');
}
