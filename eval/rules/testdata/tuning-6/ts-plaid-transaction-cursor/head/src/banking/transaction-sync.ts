import type { PlaidApi } from 'plaid'
import type { Logger } from 'pino'
import type { ItemRepository } from './item-repository'
import type { TransactionRepository } from './transaction-repository'

export class TransactionSync {
  constructor(
    private readonly plaid: PlaidApi,
    private readonly items: ItemRepository,
    private readonly transactions: TransactionRepository,
    private readonly log: Logger,
  ) {}

  /** Called by the queue worker; the queue runs one job per item at a time and retries failed jobs. */
  async run(itemId: string): Promise<void> {
    const item = await this.items.load(itemId)
    let cursor = item.cursor ?? undefined
    let hasMore = true
    let changed = 0

    while (hasMore) {
      const { data } = await this.plaid.transactionsSync(
        { access_token: item.accessToken, cursor, count: 250 },
        { timeout: 30_000 },
      )
      cursor = data.next_cursor
      hasMore = data.has_more

      await this.items.saveCursor(itemId, cursor)
      await this.transactions.apply(itemId, {
        added: data.added,
        modified: data.modified,
        removed: data.removed.map((transaction) => transaction.transaction_id),
      })
      changed += data.added.length + data.modified.length + data.removed.length
    }

    this.log.info({ itemId, changed }, 'plaid transactions synced')
  }
}
