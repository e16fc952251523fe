import { Injectable, Logger } from '@nestjs/common';
import { HubspotHttp } from './hubspot-http';
import { DealRepository } from './deal.repository';

interface DealSearchPage {
  results: { id: string; properties: { dealname: string; amount: string | null } }[];
  paging?: { next?: { after: string } };
}

@Injectable()
export class DealImport {
  private readonly logger = new Logger(DealImport.name);

  constructor(
    private readonly hubspot: HubspotHttp,
    private readonly deals: DealRepository,
  ) {}

  async importModifiedSince(since: Date): Promise<number> {
    let after: string | undefined;
    let total = 0;
    do {
      const page: DealSearchPage = await this.hubspot.post('/crm/v3/objects/deals/search', {
        ...this.query(since),
        after,
      });
      await this.deals.upsertMany(page.results);
      total += page.results.length;
      after = page.paging?.next?.after;
    } while (after);
    this.logger.log(`imported ${total} deals`);
    return total;
  }

  private query(since: Date) {
    return {
      limit: 100,
      properties: ['dealname', 'amount'],
      sorts: [{ propertyName: 'hs_lastmodifieddate', direction: 'ASCENDING' }],
      filterGroups: [
        { filters: [{ propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: String(since.getTime()) }] },
      ],
    };
  }
}
