import { Client } from '@hubspot/api-client';
import type { ContactRow, ContactSink } from './sink';

const PROPERTIES = ['email', 'firstname', 'lastname', 'lifecyclestage', 'hs_lastmodifieddate'];
const PAGE_SIZE = 100;

export class HubspotContactExport {
  constructor(
    private readonly hubspot: Client,
    private readonly sink: ContactSink,
  ) {}

  async run(): Promise<number> {
    const rows: ContactRow[] = [];
    let after: string | undefined;
    do {
      const page = await this.hubspot.crm.contacts.basicApi.getPage(PAGE_SIZE, after, PROPERTIES);
      for (const result of page.results) {
        const row = toRow(result);
        if (row) rows.push(row);
      }
      after = page.paging?.next?.after;
    } while (after);
    await this.sink.replaceAll(rows);
    return rows.length;
  }
}

function toRow(contact: {
  id: string;
  properties: Record<string, string | null>;
}): ContactRow | null {
  const { email, firstname, lastname, lifecyclestage, hs_lastmodifieddate } = contact.properties;
  if (!email) return null;
  return {
    externalId: contact.id,
    email: email.toLowerCase(),
    name: [firstname, lastname].filter(Boolean).join(' '),
    stage: lifecyclestage ?? 'unknown',
    modifiedAt: hs_lastmodifieddate ? new Date(hs_lastmodifieddate) : null,
  };
}
