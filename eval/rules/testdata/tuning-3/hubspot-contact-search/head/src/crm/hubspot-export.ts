import { Client } from '@hubspot/api-client';
import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/contacts';
import { CheckpointStore } from './checkpoints';
import { ContactSink } from './sink';
import { logger } from '../logger';

const PROPERTIES = ['email', 'firstname', 'lastname', 'lifecyclestage', 'lastmodifieddate'];

export class HubspotExport {
  private readonly client: Client;

  constructor(
    accessToken: string,
    private readonly checkpoints: CheckpointStore,
    private readonly sink: ContactSink,
  ) {
    this.client = new Client({ accessToken, numberOfApiCallRetries: 3 });
  }

  async run(portalId: string): Promise<number> {
    const since = await this.checkpoints.get(portalId);
    const page = await this.client.crm.contacts.searchApi.doSearch({
      filterGroups: [
        {
          filters: [
            { propertyName: 'lastmodifieddate', operator: FilterOperatorEnum.Gte, value: String(since.getTime()) },
          ],
        },
      ],
      sorts: ['lastmodifieddate'],
      properties: PROPERTIES,
      limit: 100,
    });

    for (const contact of page.results) {
      await this.sink.upsert(portalId, contact.id, contact.properties);
    }

    await this.checkpoints.set(portalId, new Date());
    logger.info({ portalId, count: page.results.length }, 'hubspot export done');
    return page.results.length;
  }
}
