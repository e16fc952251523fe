'use client'
import { liteClient } from 'algoliasearch/lite'
import { useEffect, useState } from 'react'

type Hit = { objectID: string; url: string; title: string }

// Search-only key, limited to the docs index and to our referers.
const client = liteClient('R2IYF7ETH7', '599cec31baffa4868cae4e79f180729b')

export function DocsSearch() {
  const [query, setQuery] = useState('')
  const [hits, setHits] = useState<Hit[]>([])
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    if (query.trim().length < 2) {
      setHits([])
      return
    }
    let live = true
    const timer = setTimeout(async () => {
      try {
        const { results } = await client.searchForHits<Hit>({
          requests: [{ indexName: 'docs', query, hitsPerPage: 8 }],
        })
        if (live) {
          setHits(results[0].hits)
          setFailed(false)
        }
      } catch {
        if (live) setFailed(true)
      }
    }, 200)
    return () => {
      live = false
      clearTimeout(timer)
    }
  }, [query])

  return (
    <div role="search">
      <input value={query} onChange={(e) => setQuery(e.target.value)} placeholder="Search the docs" />
      {failed && <p>Search is not available right now.</p>}
      <ul>
        {hits.map((hit) => (
          <li key={hit.objectID}>
            <a href={hit.url}>{hit.title}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
