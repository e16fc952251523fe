'use client'

import OpenAI from 'openai'
import { useState } from 'react'
import { Button } from '@/components/ui/button'

const openai = new OpenAI({
  apiKey: process.env.NEXT_PUBLIC_OPENAI_API_KEY,
  dangerouslyAllowBrowser: true,
  timeout: 30_000,
  maxRetries: 1,
})

interface Props {
  conversation: string
  onSuggestion(text: string): void
}

export function ReplySuggestion({ conversation, onSuggestion }: Props) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function suggest() {
    setBusy(true)
    setError(null)
    try {
      const completion = await openai.chat.completions.create({
        model: 'gpt-4.1-mini',
        max_completion_tokens: 300,
        messages: [
          { role: 'system', content: 'Suggest a friendly reply to the last customer message.' },
          { role: 'user', content: conversation.slice(-8_000) },
        ],
      })
      onSuggestion(completion.choices[0]?.message.content ?? '')
    } catch {
      setError('No suggestion at the moment.')
    } finally {
      setBusy(false)
    }
  }

  return (
    <div>
      <Button disabled={busy} onClick={suggest}>
        Suggest a reply
      </Button>
      {error && <p role="alert">{error}</p>}
    </div>
  )
}
