import * as z from 'zod'
import type { HookDeliveries, HookDelivery } from '#flow/pull-request-port'
import type { GitHubClient } from '#github/client'

const Page = z.array(
  z.object({
    id: z.number(),
    guid: z.string(),
    delivered_at: z.string(),
    event: z.string(),
    action: z.string().nullable(),
  }),
)
const PER_PAGE = 100
/** Enough for three days of a busy organisation; the rest is found by the next sweep. */
const MAX_PAGES = 100

/** GitHub's own record of what it sent us, asked as the app. */
export function createHookDeliveries(asApp: GitHubClient): HookDeliveries {
  return {
    async since(moment) {
      const found: HookDelivery[] = []
      let cursor: string | null = null
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const answer = await readPage(asApp, cursor)
        const recent = answer.deliveries.filter((one) => one.deliveredAt >= moment)
        found.push(...recent)
        cursor = answer.next
        if (cursor === null || recent.length < answer.deliveries.length) break
      }
      return found
    },
    async resend(id) {
      await asApp.write((octokit) =>
        octokit.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: id }),
      )
    },
  }
}

async function readPage(
  asApp: GitHubClient,
  cursor: string | null,
): Promise<{ deliveries: readonly HookDelivery[]; next: string | null }> {
  return asApp.read(async (octokit) => {
    const ask = { per_page: PER_PAGE, ...(cursor === null ? {} : { cursor }) }
    const { data, headers } = await octokit.request('GET /app/hook/deliveries', ask)
    const deliveries = Page.parse(data).map(({ delivered_at, ...delivery }) => ({
      ...delivery,
      deliveredAt: Date.parse(delivered_at),
    }))
    return { deliveries, next: nextCursor(headers.link) }
  })
}

/** Pages are found by their link only (https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api). */
function nextCursor(link: string | undefined): string | null {
  const next = /<([^>]+)>;\s*rel="next"/.exec(link ?? '')?.[1]
  return next === undefined ? null : new URL(next).searchParams.get('cursor')
}
