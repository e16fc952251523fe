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

    const results = await Promise.allSettled(
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

    const done = batches.filter((_, i) => results[i].status === 'fulfilled').flat();
    await this.contacts.markSynced(done.map((c) => c.id), new Date());

    const failures = results.filter((r): r is PromiseRejectedResult => r.status === 'rejected');
    if (failures.length > 0) {
      throw new AggregateError(
        failures.map((f) => f.reason),
        `${failures.length} of ${batches.length} klaviyo batches failed`,
      );
    }
    this.log.info({ listId, count: done.length }, 'klaviyo sync finished');
    return done.length;
  }
}
