import pRetry, { AbortError } from 'p-retry';
import { CrmError, crmFetch } from './crm-fetch';
import type { Lead } from '../domain/lead';
import { logger } from '../lib/logger';

interface CrmPerson {
  id: number;
}

export async function updateLeadOwner(lead: Lead, ownerId: number): Promise<CrmPerson> {
  return pRetry(
    async () => {
      try {
        return await crmFetch<CrmPerson>(`/persons/${lead.crmId}`, {
          method: 'PUT',
          body: { owner_id: ownerId, label: lead.segment },
        });
      } catch (err) {
        if (err instanceof CrmError && err.status < 500 && err.status !== 429) throw new AbortError(err);
        throw err;
      }
    },
    {
      retries: 6,
      minTimeout: 1_000,
      randomize: true,
      onFailedAttempt: (err) => {
        logger.warn({ leadId: lead.id, attempt: err.attemptNumber }, 'crm update failed');
      },
    },
  );
}

export async function leadExists(crmId: number): Promise<boolean> {
  try {
    await crmFetch<CrmPerson>(`/persons/${crmId}`, { method: 'GET' });
    return true;
  } catch (err) {
    if (err instanceof CrmError && err.status === 404) return false;
    throw err;
  }
}
