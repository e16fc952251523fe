import { prisma } from '../db';
import { log } from '../log';

const BASE = 'https://api.hubapi.com';

interface CustomerRow {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
}

export async function syncCustomer(customer: CustomerRow): Promise<void> {
  const payload = {
    inputs: [
      {
        id: customer.email,
        idProperty: 'email',
        properties: {
          email: customer.email,
          firstname: customer.firstName,
          lastname: customer.lastName,
        },
      },
    ],
  };

  await fetch(`${BASE}/crm/v3/objects/contacts/batch/upsert`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${process.env.HUBSPOT_TOKEN}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(payload),
    signal: AbortSignal.timeout(8_000),
  });

  await prisma.customer.update({
    where: { id: customer.id },
    data: { hubspotSyncedAt: new Date() },
  });
  log.info({ customerId: customer.id }, 'customer synced to hubspot');
}
