import { Injectable } from '@nestjs/common';
import { Client } from '@hubspot/api-client';
import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/deals';
import { ConfigService } from '@nestjs/config';
import { withDeadline } from '../common/with-deadline';

export interface WonDeal {
  id: string;
  name: string;
  amount: string | null;
  closedAt: string;
}

const SEARCH_DEADLINE_MS = 15_000;

@Injectable()
export class WonDealsService {
  private readonly hubspot: Client;

  constructor(config: ConfigService) {
    this.hubspot = new Client({
      accessToken: config.getOrThrow<string>('HUBSPOT_TOKEN'),
      numberOfApiCallRetries: 3,
    });
  }

  /** All deals won in the period, for the revenue report. */
  async wonBetween(from: Date, to: Date): Promise<WonDeal[]> {
    const page = await withDeadline(
      this.hubspot.crm.deals.searchApi.doSearch({
        filterGroups: [
          {
            filters: [
              { propertyName: 'hs_is_closed_won', operator: FilterOperatorEnum.Eq, value: 'true' },
              { propertyName: 'closedate', operator: FilterOperatorEnum.Gte, value: String(from.getTime()) },
              { propertyName: 'closedate', operator: FilterOperatorEnum.Lt, value: String(to.getTime()) },
            ],
          },
        ],
        sorts: ['closedate'],
        properties: ['dealname', 'amount', 'closedate'],
        limit: 100,
      }),
      SEARCH_DEADLINE_MS,
    );

    return page.results.map((deal) => ({
      id: deal.id,
      name: deal.properties.dealname ?? '(no name)',
      amount: deal.properties.amount ?? null,
      closedAt: deal.properties.closedate ?? '',
    }));
  }
}
