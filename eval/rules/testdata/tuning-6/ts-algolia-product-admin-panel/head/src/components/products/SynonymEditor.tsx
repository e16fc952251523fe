'use client'

import { useState, useTransition } from 'react'
import { algoliasearch } from 'algoliasearch'
import { Button, Input, Toast } from '@/components/ui'

const client = algoliasearch(
  process.env.NEXT_PUBLIC_ALGOLIA_APP_ID!,
  process.env.NEXT_PUBLIC_ALGOLIA_ADMIN_KEY!,
)

export function SynonymEditor({ indexName }: { indexName: string }) {
  const [words, setWords] = useState('')
  const [message, setMessage] = useState<string | null>(null)
  const [pending, startTransition] = useTransition()

  function save() {
    const synonyms = words
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean)
    if (synonyms.length < 2) {
      setMessage('Enter at least two words, separated by commas.')
      return
    }
    startTransition(async () => {
      try {
        const objectID = synonyms.join('-').toLowerCase()
        await client.saveSynonym({
          indexName,
          objectID,
          synonymHit: { objectID, type: 'synonym', synonyms },
        })
        setWords('')
        setMessage('Saved.')
      } catch {
        setMessage('The synonyms could not be saved.')
      }
    })
  }

  return (
    <div className="flex gap-2">
      <Input value={words} onChange={(e) => setWords(e.target.value)} placeholder="sofa, couch" />
      <Button onClick={save} disabled={pending}>Save</Button>
      {message && <Toast>{message}</Toast>}
    </div>
  )
}
