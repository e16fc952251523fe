import { CrmError, crmFetch } from './crm-fetch';
import type { Lead } from '../domain/lead';
import { logger } from '../lib/logger';

interface CrmPerson {
  id: number;
}

export async function updateLeadOwner(lead: Lead, ownerId: number): Promise<CrmPerson> {
  return crmFetch<CrmPerson>(`/persons/${lead.crmId}`, {
    method: 'PUT',
    body: { owner_id: ownerId, label: lead.segment },
  });
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
