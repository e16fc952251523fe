import pRetry from 'p-retry';
import { CrmError, crmFetch } from './crm-fetch';
import type { Lead } from '../domain/lead';
import { logger } from '../lib/logger';

interface CrmPerson {
  id: number;
}

export async function updateLeadOwner(lead: Lead, ownerId: number): Promise<CrmPerson> {
  return pRetry(
    async () => {
      return crmFetch<CrmPerson>(`/persons/${lead.crmId}`, {
        method: 'PUT',
        body: { owner_id: ownerId, label: lead.segment },
      });
    },
    {
      retries: 6,
      minTimeout: 1_000,
      randomize: true,
      onFailedAttempt: (err) => {
        const status = err instanceof CrmError ? err.status : undefined;
        logger.warn({ leadId: lead.id, attempt: err.attemptNumber, status }, 'crm update failed');
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
