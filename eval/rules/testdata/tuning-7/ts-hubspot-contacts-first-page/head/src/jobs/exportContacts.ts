import { z } from 'zod'
import { config } from '../config'
import { warehouse } from '../lib/warehouse'
import { logger } from '../lib/logger'

const ContactPage = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      updatedAt: z.string().datetime(),
      properties: z.object({ email: z.string().nullable(), lifecyclestage: z.string().nullable() }),
    }),
  ),
})

async function fetchContacts() {
  const url = new URL('https://api.hubapi.com/crm/v3/objects/contacts')
  url.searchParams.set('limit', '100')
  url.searchParams.set('properties', 'email,lifecyclestage')

  const response = await fetch(url, {
    headers: { authorization: `Bearer ${config.hubspot.token}` },
    signal: AbortSignal.timeout(20_000),
  })
  if (!response.ok) {
    throw new Error(`hubspot contacts: ${response.status}`)
  }
  return ContactPage.parse(await response.json()).results
}

/** Runs at 02:15 and replaces the whole contact table of the warehouse. */
export async function exportContacts(): Promise<void> {
  const contacts = await fetchContacts()
  const rows = contacts.map((c) => ({
    hubspot_id: c.id,
    email: c.properties.email?.toLowerCase() ?? null,
    stage: c.properties.lifecyclestage,
    updated_at: new Date(c.updatedAt),
  }))
  await warehouse.replaceTable('crm.contacts', rows)
  logger.info({ count: rows.length }, 'contacts exported')
}
