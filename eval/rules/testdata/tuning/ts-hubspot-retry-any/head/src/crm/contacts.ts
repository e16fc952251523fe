import { Client } from '@hubspot/api-client';
import { secrets } from '../lib/secrets';
import { withRetries } from '../lib/with-retries';

const hubspot = new Client({ accessToken: secrets.hubspotToken, numberOfApiCallRetries: 0 });

export interface ContactPatch {
  lifecycleStage?: 'lead' | 'customer';
  plan?: string;
}

export async function readContact(id: string) {
  return withRetries('hubspot.contacts.get', () =>
    hubspot.crm.contacts.basicApi.getById(id, ['email', 'plan', 'lifecyclestage']),
  );
}

export async function patchContact(id: string, patch: ContactPatch) {
  const properties: Record<string, string> = {};
  if (patch.lifecycleStage) properties.lifecyclestage = patch.lifecycleStage;
  if (patch.plan) properties.plan = patch.plan;
  return withRetries('hubspot.contacts.update', () =>
    hubspot.crm.contacts.basicApi.update(id, { properties }),
  );
}
