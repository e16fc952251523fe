import { Client } from '@hubspot/api-client';
import { prisma } from '../lib/prisma';
import { logger } from '../lib/logger';
import { env } from '../config/env';

const hubspot = new Client({
  accessToken: env.HUBSPOT_ACCESS_TOKEN,
  numberOfApiCallRetries: 3,
  httpAgentOptions: { timeout: 15_000 },
});

const PROPERTIES = ['email', 'firstname', 'lastname', 'lifecyclestage'];

async function store(contacts: Array<{ id: string; properties: Record<string, string | null> }>) {
  const rows = contacts.filter((c) => c.properties.email);
  await prisma.$transaction(
    rows.map((c) =>
      prisma.contact.upsert({
        where: { hubspotId: c.id },
        create: {
          hubspotId: c.id,
          email: c.properties.email!.toLowerCase(),
          name: [c.properties.firstname, c.properties.lastname].filter(Boolean).join(' '),
          stage: c.properties.lifecyclestage,
        },
        update: {
          email: c.properties.email!.toLowerCase(),
          name: [c.properties.firstname, c.properties.lastname].filter(Boolean).join(' '),
          stage: c.properties.lifecyclestage,
        },
      }),
    ),
  );
  return rows.length;
}

export async function importHubspotContacts(): Promise<number> {
  const page = await hubspot.crm.contacts.basicApi.getPage(100, undefined, PROPERTIES);
  const imported = await store(page.results);
  logger.info({ imported }, 'hubspot contacts imported');
  return imported;
}
