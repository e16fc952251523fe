import { z } from 'zod';
import { hubspot } from './http';
import { prisma } from '../db';
import { log } from '../log';

const Company = z.object({
  id: z.string(),
  properties: z.object({
    name: z.string().nullable(),
    domain: z.string().nullable(),
  }),
});

export async function refreshCompany(accountId: string, hubspotId: string): Promise<void> {
  const { data } = await hubspot.get(`/crm/v3/objects/companies/${encodeURIComponent(hubspotId)}`, {
    params: { properties: 'name,domain' },
  });

  const company = Company.parse(data);

  await prisma.account.update({
    where: { id: accountId },
    data: {
      hubspotId: company.id,
      name: company.properties.name ?? undefined,
      domain: company.properties.domain ?? undefined,
      crmRefreshedAt: new Date(),
    },
  });
  log.info({ accountId, hubspotId: company.id }, 'company refreshed from hubspot');
}

export async function refreshMany(rows: Array<{ accountId: string; hubspotId: string }>): Promise<number> {
  let failed = 0;
  for (const row of rows) {
    try {
      await refreshCompany(row.accountId, row.hubspotId);
    } catch (err) {
      failed += 1;
      log.error({ err: (err as Error).message, accountId: row.accountId }, 'company refresh failed');
    }
  }
  return failed;
}
