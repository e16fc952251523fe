import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

const Page = z.object({
  data: z.array(z.object({ id: z.string(), email: z.string().nullable(), updated_at: z.number() })),
  pages: z.object({ next: z.object({ starting_after: z.string() }).nullish() }),
})

export type Contact = z.infer<typeof Page>['data'][number]

const MAX_PAGES = 5_000
const MAX_ATTEMPTS = 6

export async function* listContacts(token: string): AsyncGenerator<Contact> {
  let startingAfter: string | undefined
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const url = new URL('https://api.intercom.io/contacts')
    url.searchParams.set('per_page', '150')
    if (startingAfter) url.searchParams.set('starting_after', startingAfter)

    const { data, pages } = Page.parse(await getJson(url, token))
    yield* data
    startingAfter = pages.next?.starting_after
    if (!startingAfter) return
  }
  throw new Error(`more than ${MAX_PAGES} pages of contacts`)
}

async function getJson(url: URL, token: string): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const res = await fetch(url, {
      headers: { authorization: `Bearer ${token}`, 'intercom-version': '2.11', accept: 'application/json' },
      signal: AbortSignal.timeout(20_000),
    })
    if (res.ok) return res.json()
    await res.body?.cancel()

    const again = res.status === 429 || res.status >= 500
    if (!again || attempt >= MAX_ATTEMPTS) throw new Error(`intercom answered ${res.status}`)
    const reset = Number(res.headers.get('x-ratelimit-reset'))
    const untilReset = res.status === 429 && reset > 0 ? reset * 1000 - Date.now() : 0
    await sleep(Math.min(60_000, Math.max(untilReset, 500 * 2 ** attempt + Math.random() * 250)))
  }
}
