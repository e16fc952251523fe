import pLimit from 'p-limit';
import type { Logger } from 'pino';
import type { ContactStore } from './contact-store';
import type { KlaviyoApi, ProfileAttributes } from './klaviyo-api';

const BATCH = 100;

function chunk<T>(items: T[], size: number): T[][] {
  const out: T[][] = [];
  for (let i = 0; i < items.length; i += size) out.push(items.slice(i, i + size));
  return out;
}

export class KlaviyoSync {
  private readonly limit = pLimit(3);

  constructor(
    private readonly api: KlaviyoApi,
    private readonly contacts: ContactStore,
    private readonly log: Logger,
  ) {}

  async run(listId: string): Promise<number> {
    const pending = await this.contacts.unsynced(5000);
    const batches = chunk(pending, BATCH);

    await Promise.allSettled(
      batches.map((batch) =>
        this.limit(() =>
          this.api.bulkImport(
            listId,
            batch.map<ProfileAttributes>((c) => ({
              email: c.email,
              external_id: c.id,
              properties: { plan: c.plan },
            })),
          ),
        ),
      ),
    );

    await this.contacts.markSynced(pending.map((c) => c.id), new Date());
    this.log.info({ listId, count: pending.length }, 'klaviyo sync finished');
    return pending.length;
  }
}
