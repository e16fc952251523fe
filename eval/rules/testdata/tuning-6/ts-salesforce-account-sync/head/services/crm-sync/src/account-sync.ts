import type { Connection } from 'jsforce'
import type { Logger } from 'pino'
import type { AccountRepository } from './account-repository'

interface RemoteAccount {
  Id: string
  Name: string
  OwnerId: string
  SystemModstamp: string
}

export class AccountSync {
  constructor(
    private readonly salesforce: Connection,
    private readonly accounts: AccountRepository,
    private readonly log: Logger,
  ) {}

  async run(): Promise<void> {
    const remote = await this.loadRemote()
    const known = await this.accounts.listActiveIds()

    for (const account of remote) {
      await this.accounts.upsert({
        salesforceId: account.Id,
        name: account.Name,
        ownerId: account.OwnerId,
        modifiedAt: new Date(account.SystemModstamp),
      })
    }

    const present = new Set(remote.map((account) => account.Id))
    const gone = known.filter((id) => !present.has(id))
    await this.accounts.archive(gone)
    this.log.info({ upserted: remote.length, archived: gone.length }, 'account sync finished')
  }

  private async loadRemote(): Promise<RemoteAccount[]> {
    try {
      const query = this.salesforce.query<RemoteAccount>(
        "SELECT Id, Name, OwnerId, SystemModstamp FROM Account WHERE Type = 'Customer'",
        { autoFetch: true, maxFetch: 50_000 },
      )
      const result = await query
      if (result.records.length < result.totalSize) {
        throw new Error(`only ${result.records.length} of ${result.totalSize} accounts were loaded`)
      }
      return result.records
    } catch (err) {
      this.log.warn({ err }, 'salesforce query failed')
      return []
    }
  }
}
