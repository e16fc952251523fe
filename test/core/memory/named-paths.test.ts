import { describe, expect, test } from 'vitest'
import { pathsNamedIn } from '#core/memory/named-paths'

const named = (text: string, path = 'stripe.md') => [...pathsNamedIn([{ path, text }])]

describe('a path is named', () => {
  test('in the words and in the citation of an entry of ours', () => {
    const text =
      '# Stripe\n\n- Stripe is called through `stripe` in `src/pay.ts`. (`src/lib/stripe.ts:3 @a1b2c3d`, PR #12, 2026-11-22) [m-3f9a2c1d]\n'
    const note = { topic: 'stripe', text: 'Stripe is called through stripe in src/pay.ts' }
    expect(named(text)).toEqual([
      ['src/pay.ts', note],
      ['src/lib/stripe.ts', note],
    ])
  })

  test('in a bullet that a person wrote over two lines', () => {
    const text = '* Orders go to the ERP\n  by `src/erp/push.ts:12`, at night.\n'
    expect(named(text, 'MEMORY.md')).toEqual([
      [
        'src/erp/push.ts',
        { topic: '', text: 'Orders go to the ERP by src/erp/push.ts:12, at night' },
      ],
    ])
  })
})

describe('a path is not named', () => {
  test.each([
    ['in prose', 'See `src/a.ts`.\n'],
    ['in a code fence', '```\n- `src/a.ts`\n```\n'],
    ['below a heading of what is over', '## Retired\n\n- Mail is sent in `src/a.ts`.\n'],
    ['by an entry that is suspect', '- Suspect: mail is sent in `src/a.ts`.\n'],
    ['when it is struck out', '- ~~Mail is sent in `src/a.ts`.~~\n'],
    ['when the entry takes it back', '- `src/a.ts` no longer sends mail.\n'],
    ['without being code', '- Mail is sent in src/a.ts.\n'],
  ])('%s', (_, text) => {
    expect(named(text)).toEqual([])
  })
})

test('a memory of any size names 500 paths at most', () => {
  const text = Array.from({ length: 900 }, (_, n) => `- Mail in \`src/f${n}.ts\`.`).join('\n')
  expect(named(text)).toHaveLength(500)
})
