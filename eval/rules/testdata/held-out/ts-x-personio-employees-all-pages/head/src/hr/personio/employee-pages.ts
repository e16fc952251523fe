import { z } from 'zod'
import { personioToken } from './auth'

const PAGE = 100
const MAX_PAGES = 500

const Employees = z.object({
  data: z.array(
    z.object({
      attributes: z.object({
        id: z.object({ value: z.number() }),
        email: z.object({ value: z.string().nullable() }),
        status: z.object({ value: z.string() }),
      }),
    }),
  ),
})

export interface Employee {
  id: number
  email: string | null
  active: boolean
}

export async function* employees(): AsyncGenerator<Employee> {
  for (let page = 0; page < MAX_PAGES; page++) {
    const url = new URL('https://api.personio.de/v1/company/employees')
    url.searchParams.set('limit', String(PAGE))
    url.searchParams.set('offset', String(page * PAGE))

    const response = await fetch(url, {
      headers: { authorization: `Bearer ${await personioToken()}` },
      signal: AbortSignal.timeout(20_000),
    })
    if (!response.ok) {
      throw new Error(`personio employees, page ${page}: ${response.status}`)
    }

    const { data } = Employees.parse(await response.json())
    for (const { attributes } of data) {
      yield {
        id: attributes.id.value,
        email: attributes.email.value,
        active: attributes.status.value === 'active',
      }
    }
    if (data.length < PAGE) return
  }
  throw new Error('personio employees: more pages than expected')
}
