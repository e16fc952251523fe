import { z } from 'zod'
import { env } from '../../env'
import type { Company } from '../types'

const Page = z.object({
  results: z.array(z.object({ id: z.string(), properties: z.object({ name: z.string().nullable(), domain: z.string().nullable() }) })),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
})

async function search(body: unknown) {
  const response = await fetch('https://api.hubapi.com/crm/v3/objects/companies/search', {
    method: 'POST',
    headers: { authorization: `Bearer ${env.HUBSPOT_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(15_000),
  })
  if (!response.ok) {
    throw new Error(`hubspot search: ${response.status}`)
  }
  return Page.parse(await response.json())
}

export async function changedCompanies(since: Date): Promise<Company[]> {
  const companies: Company[] = []
  let more = true
  while (more) {
    const page = await search({
      filterGroups: [
        { filters: [{ propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: String(since.getTime()) }] },
      ],
      properties: ['name', 'domain'],
      limit: 100,
    })
    companies.push(...page.results.map((r) => ({ id: r.id, name: r.properties.name, domain: r.properties.domain })))
    more = page.paging?.next !== undefined
  }
  return companies
}
