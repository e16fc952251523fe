import { Client } from '@hubspot/api-client';
import type { Logger } from 'pino';
import type { CompanyStore } from '../stores/company-store';

const PROPERTIES = ['name', 'domain', 'industry', 'hs_lastmodifieddate'];

export class ImportCompaniesJob {
  constructor(
    private readonly hubspot: Client,
    private readonly companies: CompanyStore,
    private readonly log: Logger,
  ) {}

  async run(tenantId: string): Promise<void> {
    const startedAt = new Date();
    let after: string | undefined;
    let count = 0;

    do {
      const page = await this.hubspot.crm.companies.basicApi.getPage(100, after, PROPERTIES);
      await this.companies.upsertMany(
        tenantId,
        page.results.map((c) => ({
          externalId: c.id,
          name: c.properties.name ?? '',
          domain: c.properties.domain,
          modifiedAt: c.updatedAt,
        })),
      );
      count += page.results.length;
      after = page.paging?.next?.after;
    } while (after);

    await this.companies.archiveNotSeenSince(tenantId, startedAt);
    this.log.info({ tenantId, count }, 'company import done');
  }
}
