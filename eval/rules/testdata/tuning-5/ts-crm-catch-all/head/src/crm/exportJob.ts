import { dealOutbox } from '../repositories/dealOutbox';
import { pushDeal } from './pipedriveDeals';

export async function exportDeals(): Promise<void> {
  for (const entry of await dealOutbox.pending(100)) {
    await pushDeal(entry.change);
    await dealOutbox.done(entry.id);
  }
}
