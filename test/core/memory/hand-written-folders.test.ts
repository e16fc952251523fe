import { diffLines } from 'diff'
import { describe, expect, test } from 'vitest'
import { changeMemory } from '#core/memory/change-memory'
import { checkMemory } from '#core/memory/check-memory'
import { loadMemory } from '#core/memory/load-memory'
import type { MemoryFile } from '#core/memory/memory'

/** As somebody writes notes by hand: CRLF, no last line end, tables, nested points, loose prose. */
const BY_HAND: readonly MemoryFile[] = [
  {
    path: 'MEMORY.md',
    text: [
      'How we talk to Stripe and the warehouse',
      '=======================================',
      '',
      'Since spring everything goes through the gateway;   the old one is switched off.',
      '',
      '* Events come before our own transaction ends -> look the order up again',
      '* The warehouse lags behind its writes',
      '  - so never search right after a create',
      '  - ten seconds are enough, mostly',
      '',
      '| System | who knows it |',
      '|:--|--:|',
      '| Stripe | Ada |',
      '| warehouse | nobody :( |',
      '',
      'More: [warehouse](warehouse-notes.md)',
    ].join('\r\n'),
  },
  {
    path: 'warehouse-notes.md',
    text: '# Warehouse\r\n\r\nloose prose with   odd   gaps,\r\nand\ta tab\r\n\r\n1. stock\r\n2. returns   \r\n\r\nno line end here',
  },
  {
    path: 'stripe.md',
    text: '# Stripe\r\n\r\nAlways use the shared client. Run `npm test` before you push.\r\n\r\n+ Refunds need finance\r\n+ Payouts run on Mondays',
  },
]

/** As a subagent leaves its review notes: an index line with a dash, front matter, bold leads. */
const REVIEW_NOTES: readonly MemoryFile[] = [
  {
    path: 'MEMORY.md',
    text: '# Code Reviewer Agent Memory\n\n- [What came up in the feed review](patterns_feed.md) — config read too early, escaping in scripts\n',
  },
  {
    path: 'patterns_feed.md',
    text: [
      '---',
      'name: What came up in the feed review',
      'description: Config that is read once, and escaping that does not reach scripts',
      'type: feedback',
      '---',
      '',
      '## Pattern 1 — config is read when the module loads',
      '',
      '`feed-policy.js` reads its settings at the top, so tests see the first ones for ever.',
      '',
      '**Why:** settings change between tests.',
      '',
      '**How to apply:** Flag code that reads settings outside of a function.',
      '',
      '```js',
      "const policy = build(config.get('feed')) // - frozen [not a link](x)",
      '```',
      '',
    ].join('\n'),
  },
]

/** As the folder looks right after it was made: a headline and an invisible hint. */
const SCAFFOLD: readonly MemoryFile[] = [
  {
    path: 'MEMORY.md',
    text: '# Review memory\n\nWhat reviews of this project taught.\n\n<!-- add entries below as they come up -->\n',
  },
]

/** As one fact to a file: the index line is the file's name, and the file is mostly a reason. */
const ONE_FACT: readonly MemoryFile[] = [
  {
    path: 'MEMORY.md',
    text: '# Memory Index\n\n- [project_tenant_claim.md](project_tenant_claim.md) — policies go by tenant(), not by the raw claim\n',
  },
  {
    path: 'project_tenant_claim.md',
    text: "---\nname: Tenant claim\ndescription: Policies read the tenant in two ways - raw (claims ->> 'tenant') and right (tenant()).\ntype: project\n---\n\nThe tenant stands in the app claims, so `tenant()` is right.\n\n**How to apply:** Always use `tenant()` in new policies. Flag any `(claims ->> 'tenant')` as a bug.\n",
  },
]

const texts = new Map([['src/pay.ts', 'export const stripe = new Stripe(key)\n']])
const origin = {
  ...{ today: '2026-11-22', commit: 'a1b2c3d4e5f60718', pull: 12, texts },
  retired: new Set<string>(),
}
const learnings = [
  {
    ...{ topic: 'stripe', text: 'Stripe is called through `stripe` in `src/pay.ts`.' },
    citation: { path: 'src/pay.ts', line: 1 },
  },
  { topic: 'hubspot', text: 'HubSpot answers 429 after 100 calls in 10 seconds.', citation: null },
]
const learn = (files: readonly MemoryFile[]) =>
  changeMemory(files, { overlay: [], learnings, forget: new Set() }, origin)

/** The folder after the write. */
function written(files: readonly MemoryFile[]): MemoryFile[] {
  const { edits } = learn(files)
  const kept = files.filter(({ path }) => !edits.some((edit) => edit.path === path))
  return [...kept, ...edits.flatMap(({ path, text }) => (text === null ? [] : [{ path, text }]))]
}

/** Each change of a file that was there, `+` or `-` before its line; line ends shown. */
function diffs(before: readonly MemoryFile[]): Record<string, string[]> {
  const after = written(before)
  const changed = after.flatMap(({ path, text }) => {
    const old = before.find((file) => file.path === path)?.text
    if (old === undefined || old === text) return []
    const lines = diffLines(old, text).flatMap(({ added, removed, value }) => {
      if (!added && !removed) return []
      const shown = value.replaceAll('\r', '␍').replace(/\n$/, '').split('\n')
      return shown.map((line) => `${added ? '+' : '-'}${line}`)
    })
    return [[path, lines] as const]
  })
  return Object.fromEntries(changed)
}

const HUBSPOT = '- [HubSpot](hubspot.md): what is known about HubSpot'
const STRIPE = '- [Stripe](stripe.md): what is known about Stripe'
const ENTRY = expect.stringMatching(
  /^\+- Stripe is called through `stripe` in `src\/pay\.ts`\. \(`src\/pay\.ts:1 @a1b2c3d #\w+`, PR #12, 2026-11-22\) \[m-[0-9a-f]{8}\]␍?$/,
)

const FOLDERS = [
  {
    how: 'by hand',
    files: BY_HAND,
    // The last line of each file had no end: it is the same line with one.
    lines: {
      'MEMORY.md': [
        '-More: [warehouse](warehouse-notes.md)',
        '+More: [warehouse](warehouse-notes.md)␍',
        '+␍',
        `+${HUBSPOT}␍`,
        `+${STRIPE}␍`,
      ],
      'stripe.md': [
        '-+ Payouts run on Mondays',
        '++ Payouts run on Mondays␍',
        '+␍',
        '+## Learned in reviews␍',
        '+␍',
        ENTRY,
      ],
    },
  },
  {
    how: 'as review notes',
    files: REVIEW_NOTES,
    lines: { 'MEMORY.md': [`+${HUBSPOT}`, `+${STRIPE}`] },
  },
  {
    how: 'as a scaffold',
    files: SCAFFOLD,
    lines: { 'MEMORY.md': ['+', `+${HUBSPOT}`, `+${STRIPE}`] },
  },
  {
    how: 'as one fact to a file',
    files: ONE_FACT,
    lines: { 'MEMORY.md': [`+${HUBSPOT}`, `+${STRIPE}`] },
  },
]

describe.each(FOLDERS)('a folder that was written $how', ({ files, lines }) => {
  test('is loaded whole', () => {
    const { files: read, promptText } = loadMemory(files)
    expect(read.map(({ path }) => path).toSorted()).toEqual(
      files.map(({ path }) => path).toSorted(),
    )
    const index = files[0]?.text.replace(/<!--.*-->/, '').replaceAll('\r\n', '\n') ?? ''
    expect(promptText.startsWith(index.trimEnd())).toBe(true)
  })

  test('has exactly the intended lines more after something was learned', () => {
    expect(diffs(files)).toEqual(lines)
    const fresh = written(files).filter(({ path }) => !files.some((file) => file.path === path))
    const expected = files === BY_HAND ? ['hubspot.md'] : ['hubspot.md', 'stripe.md']
    expect(fresh.map(({ path }) => path).toSorted()).toEqual(expected)
  })

  test('is the same, byte for byte, when the same is learned again', () => {
    expect(learn(written(files)).edits).toEqual([])
  })

  test('is as it was when what was learned is forgotten', () => {
    const after = written(files)
    const forget = new Set(learn(files).learned)
    const { edits } = changeMemory(after, { overlay: [], learnings: [], forget }, origin)
    const words = (text: string) => text.split(/\r?\n/).filter((line) => line.trim() !== '')
    for (const { path, text } of files) {
      const now = edits.find((edit) => edit.path === path)?.text
      const left = words(now ?? after.find((file) => file.path === path)?.text ?? '')
      expect(words(text).filter((line) => !left.includes(line))).toEqual([])
    }
  })

  test('is in order for the check, but for what a rendered page hides', () => {
    const faults = checkMemory(written(files), new Map()).map(({ fault }) => fault)
    expect(faults).toEqual(files === SCAFFOLD ? ['html-comment'] : [])
  })
})
