import type { Connection } from 'jsforce'
import { z } from 'zod'

const SALESFORCE_ID = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/

const CaseRow = z.object({
  Id: z.string(),
  CaseNumber: z.string(),
  Subject: z.string().nullable(),
  Status: z.string(),
})

/** Quotes a string as a SOQL literal. */
function literal(value: string): string {
  return `'${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n').replace(/\r/g, '\\r')}'`
}

export class CaseFinder {
  constructor(private readonly connection: Connection) {}

  async byBookingReference(accountId: string, reference: string) {
    if (!SALESFORCE_ID.test(accountId)) {
      throw new RangeError('not a Salesforce id')
    }
    const result = await this.connection.query(
      'SELECT Id, CaseNumber, Subject, Status FROM Case ' +
        `WHERE AccountId = ${literal(accountId)} AND Booking_Reference__c = ${literal(reference)} ` +
        'ORDER BY CreatedDate DESC LIMIT 50',
    )
    return z.array(CaseRow).parse(result.records)
  }

  async byNumber(caseNumber: string) {
    const rows = await this.connection
      .sobject('Case')
      .find({ CaseNumber: caseNumber }, ['Id', 'CaseNumber', 'Subject', 'Status'])
      .limit(1)
    return rows[0] ? CaseRow.parse(rows[0]) : null
  }
}
