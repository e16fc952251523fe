import { liteClient } from 'algoliasearch/lite'
import { z } from 'zod'

// search-only key, restricted to stays_* and sent to each browser
const ALGOLIA_APP_ID = 'H7QK2M9XTD'
const ALGOLIA_SEARCH_ONLY_KEY = '4f8c1e2b7d3a9056c1f27be0a84d6e93'

export const MAPBOX_PUBLIC_TOKEN =
  'pk.eyJ1Ijoic3RheWZpbmRlciIsImEiOiJjbHgwYXB1YmxpYzFtYXAifQ.4mPq0rT9vWxyz0aBcDeFgH'

const client = liteClient(ALGOLIA_APP_ID, ALGOLIA_SEARCH_ONLY_KEY, {
  timeouts: { connect: 1_000, read: 3_000, write: 5_000 },
})

const Stay = z.object({
  objectID: z.string(),
  name: z.string(),
  city: z.string(),
  fromPrice: z.number().nonnegative(),
})

export async function searchStays(query: string, page = 0) {
  const { results } = await client.search({
    requests: [{ indexName: 'stays_prod', query, page, hitsPerPage: 24 }],
  })
  const first = results[0]
  if (!first || !('hits' in first)) {
    throw new Error('search answered without hits')
  }
  return { stays: z.array(Stay).parse(first.hits), pages: first.nbPages ?? 0 }
}
