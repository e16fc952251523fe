import { diffLines } from 'diff'
import { expect, test } from 'vitest'
import { applyLearnings } from '#core/memory/apply-learnings'
import { checkMemory } from '#core/memory/check-memory'
import { withLabels, withoutLabels } from '#core/memory/entry-status'
import { loadMemory } from '#core/memory/load-memory'
import type { MemoryFile } from '#core/memory/memory'

/** A folder as a local subagent of Claude Code leaves it: prose, front matter, no ids. */
const FOLDER: readonly MemoryFile[] = [
  {
    path: 'MEMORY.md',
    text: [
      '# Integrations lead memory',
      '',
      '- [Retry rules](retry_rules.md) — how calls are repeated',
      '- [Ledger quirks](ledger/quirks.md)',
      '',
      '## Open questions',
      '',
      '| who | what |',
      '|---|---|',
      '| Kim | does the sandbox sign its events? |',
      '',
    ].join('\n'),
  },
  {
    path: 'retry_rules.md',
    text: [
      '---',
      'name: retry rules',
      'description: How calls to other systems are repeated',
      'type: project',
      '---',
      '',
      'Calls go through `lib/call.ts`; it waits 1, 2 and 4 seconds.',
      '',
      '**Why:** the ledger answers 503 while it closes a day.',
      '',
      '```ts',
      '- not a bullet [m-00000001]',
      '```',
    ].join('\r\n'),
  },
  {
    path: 'ledger/quirks.md',
    text: '\uFEFF* Amounts come in tenths of a cent.\n* Days end at 22:00 UTC ⚠️',
  },
]
const texts = new Map([['lib/call.ts', 'export const call = retrying(fetch)\n']])
const origin = {
  ...{
    today: '2026-11-22',
    commit: 'a1b2c3d4e5f60718',
    pull: 12,
    retired: new Set<string>(),
    texts,
  },
}
const facts = [
  {
    ...{ topic: 'retry-rules', text: 'The wrapper `call` retries every request.' },
    citation: { path: 'lib/call.ts', line: 1 },
  },
  { topic: 'stripe', text: 'Stripe is called through `call`.', citation: null },
]

test('is read whole, with what each file is about', () => {
  const { files, promptText, warnings } = loadMemory(FOLDER)
  expect(files.map(({ path }) => path)).toEqual(['MEMORY.md', 'ledger/quirks.md', 'retry_rules.md'])
  expect(promptText).toContain('retry_rules.md: How calls to other systems are repeated')
  expect(warnings.filter(({ reason }) => !reason.includes('hidden'))).toEqual([])
})

test('gets new lines and loses none, whatever its line ends', () => {
  const { edits } = applyLearnings(FOLDER, facts, origin)
  const changes = edits.map(({ path, text }) => {
    const before = FOLDER.find((file) => file.path === path)?.text ?? ''
    const parts = diffLines(before, text ?? '')
    expect(parts.filter(({ removed }) => removed).map(({ value }) => value.trimEnd())).toEqual(
      // The last line had no ending.
      path === 'retry_rules.md' ? ['```'] : [],
    )
    return [
      path,
      parts
        .filter(({ added }) => added)
        .map(({ value }) => value.trim())
        .join(),
    ]
  })
  expect(changes).toEqual([
    ['MEMORY.md', '- [Stripe](stripe.md): what is known about Stripe'],
    [
      'retry_rules.md',
      expect.stringMatching(/## Learned in reviews\r\n\r\n- The wrapper `call` retries/),
    ],
    [
      'stripe.md',
      expect.stringContaining('- Stripe is called through `call`. (PR #12, 2026-11-22)'),
    ],
  ])
  const own = edits.find(({ path }) => path === 'retry_rules.md')?.text ?? ''
  expect(own.startsWith(FOLDER[1]?.text ?? 'none')).toBe(true)
})

test('is in order for the check, and is shown without marks', () => {
  expect(checkMemory(FOLDER, new Map())).toEqual([])
  expect(withLabels(FOLDER, [])).toEqual(FOLDER)
  for (const { text } of FOLDER) expect(withoutLabels(text)).toBe(text)
})
