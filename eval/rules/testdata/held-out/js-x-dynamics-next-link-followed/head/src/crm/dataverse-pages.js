import { config } from '../config.js'
import { dataverseToken } from './dataverse-token.js'

const MAX_PAGES = 1_000

/** Yields rows of an entity set; `query` is an OData query without paging. */
export async function* rows(entitySet, query) {
  let next = new URL(`/api/data/v9.2/${entitySet}?${new URLSearchParams(query)}`, config.dataverse.url)

  for (let page = 1; next; page++) {
    if (page > MAX_PAGES) {
      throw new Error(`${entitySet}: more than ${MAX_PAGES} pages`)
    }
    if (next.origin !== new URL(config.dataverse.url).origin) {
      throw new Error(`${entitySet}: next page on another host`)
    }
    const response = await fetch(next, {
      headers: {
        authorization: `Bearer ${await dataverseToken()}`,
        accept: 'application/json',
        prefer: 'odata.maxpagesize=1000',
      },
      signal: AbortSignal.timeout(30_000),
    })
    if (!response.ok) {
      throw new Error(`${entitySet}, page ${page}: ${response.status}`)
    }

    const body = await response.json()
    if (!Array.isArray(body.value)) {
      throw new TypeError(`${entitySet}, page ${page}: no list in the answer`)
    }
    yield* body.value
    next = body['@odata.nextLink'] ? new URL(body['@odata.nextLink']) : null
  }
}
