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
    const page = await this.hubspot.crm.companies.basicApi.getPage(100, undefined, PROPERTIES);

    await this.companies.upsertMany(
      tenantId,
      page.results.map((c) => ({
        externalId: c.id,
        name: c.properties.name ?? '',
        domain: c.properties.domain,
        modifiedAt: c.updatedAt,
      })),
    );

    await this.companies.archiveNotSeenSince(tenantId, startedAt);
    this.log.info({ tenantId, count: page.results.length }, 'company import done');
  }
}
