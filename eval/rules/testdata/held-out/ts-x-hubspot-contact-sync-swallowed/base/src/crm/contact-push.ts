import type { Client } from '@hubspot/api-client'
import type { CursorStore } from './cursor-store'
import type { CustomerRepository } from '../customers/repository'
import type { Logger } from 'pino'

const BATCH = 100

export class ContactPush {
  constructor(
    private readonly hubspot: Client,
    private readonly customers: CustomerRepository,
    private readonly cursors: CursorStore,
    private readonly log: Logger,
  ) {}

  async run(): Promise<void> {
    let cursor = await this.cursors.load('hubspot-contacts')
    for (;;) {
      const changed = await this.customers.changedAfter(cursor, BATCH)
      if (changed.length === 0) return

        await this.hubspot.crm.contacts.batchApi.upsert({
          inputs: changed.map((c) => ({
            id: c.email,
            idProperty: 'email',
            properties: { email: c.email, firstname: c.firstName, lastname: c.lastName, customer_no: c.number },
          })),
        })

      cursor = changed[changed.length - 1]!.changeSeq
      await this.cursors.save('hubspot-contacts', cursor)
    }
  }
}
