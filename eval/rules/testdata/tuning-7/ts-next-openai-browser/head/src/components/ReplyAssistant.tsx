'use client';

import { useState } from 'react';
import OpenAI from 'openai';
import type { Conversation } from '@/lib/inbox';

const openai = new OpenAI({
  apiKey: process.env.NEXT_PUBLIC_OPENAI_API_KEY,
  dangerouslyAllowBrowser: true,
  timeout: 20_000,
});

interface Props {
  conversation: Conversation;
  onDraft(text: string): void;
}

export function ReplyAssistant({ conversation, onDraft }: Props) {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');

  async function draft() {
    setState('busy');
    try {
      const completion = await openai.chat.completions.create({
        model: 'gpt-4o-mini',
        max_tokens: 400,
        messages: [
          { role: 'system', content: 'Draft a short, friendly answer of our support team.' },
          ...conversation.messages.slice(-10).map((m) => ({
            role: m.fromCustomer ? ('user' as const) : ('assistant' as const),
            content: m.text,
          })),
        ],
      });
      onDraft(completion.choices.at(0)?.message.content ?? '');
      setState('idle');
    } catch {
      setState('failed');
    }
  }

  return (
    <div className="flex items-center gap-2">
      <button onClick={draft} disabled={state === 'busy'}>
        Suggest an answer
      </button>
      {state === 'failed' && <span role="alert">No suggestion available at the moment.</span>}
    </div>
  );
}
