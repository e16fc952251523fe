import { logger } from '../../logger'
import { salesforceSession } from './session'

const API = '/services/data/v29.0'

export interface Lead {
  externalId: string
  company: string
  lastName: string
  email: string
  source: 'web' | 'fair' | 'partner'
}

export class SalesforceError extends Error {
  constructor(
    readonly status: number,
    readonly externalId: string,
  ) {
    super(`salesforce answered ${status} for lead ${externalId}`)
  }
}

export async function upsertLead(lead: Lead): Promise<void> {
  const session = await salesforceSession()
  const response = await fetch(
    `${session.instanceUrl}${API}/sobjects/Lead/External_Id__c/${encodeURIComponent(lead.externalId)}`,
    {
      method: 'PATCH',
      headers: { authorization: `Bearer ${session.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        Company: lead.company,
        LastName: lead.lastName,
        Email: lead.email,
        LeadSource: lead.source,
      }),
      signal: AbortSignal.timeout(15_000),
    },
  )
  if (!response.ok) throw new SalesforceError(response.status, lead.externalId)
  logger.info({ externalId: lead.externalId, status: response.status }, 'lead upserted')
}
