import { describe, expect, test } from 'vitest'
import { changeMemory } from '#core/memory/change-memory'
import { citedPaths, judgeEntries, withLabels, withoutLabels } from '#core/memory/entry-status'
import { lineDigest } from '#core/memory/line-anchor'
import { entryId } from '#core/memory/memory-entry'

const code = ['import Stripe from "stripe"', '', 'const stripe = new Stripe(key)', '})', '']
const digest = lineDigest(code, 3)
const bullet = (more = '', source = 'PR #12, 2026-11-22', id = 'm-00000001') =>
  `- Stripe is called. (\`src/a.ts:3 @a1b2c3d #${digest}\`, ${source}${more}) [${id}]\n`
const ORIGIN = {
  ...{ today: '2026-12-02', commit: 'b1b2c3d4e5f60718', pull: 20 },
  ...{ retired: new Set<string>(), texts: new Map<string, string>() },
}
const statusOf = (text: string, now: string | null | undefined = code.join('\n')) => {
  const texts = new Map(now === undefined ? [] : [['src/a.ts', now] as const])
  return judgeEntries([{ path: 'stripe.md', text }], texts).map(({ status }) => status)
}

describe('an entry whose line still stands', () => {
  test.each([
    ['is a candidate while one open pull request saw it', bullet(), 'candidate'],
    ['is active once another one saw it', bullet(', confirmed 2026-12-01 by PR #15'), 'active'],
    ['is active once its pull request merged', bullet('', 'merged PR #12, 2026-11-22'), 'active'],
    ['is active when a maintainer said it', bullet('', 'lena in PR #12, 2026-11-22'), 'active'],
    ['is active in the words of a person', '- Their words [m-00000001]\n', 'active'],
  ])('%s', (_, text, status) => {
    expect(statusOf(text)).toEqual([status])
  })

  test('is followed to where the line has moved', () => {
    expect(statusOf(bullet(), ['// new', '// head', ...code].join('\n'))).toEqual(['candidate'])
  })

  test('is taken at its word where the file was not read', () => {
    expect(statusOf(bullet(), undefined)).toEqual(['candidate'])
  })
})

describe('an entry whose line has changed', () => {
  test.each([
    ['in its words', code.join('\n').replace('new Stripe(key)', 'create(key)')],
    ['by going', 'import Stripe from "stripe"\n'],
  ])('%s is suspect, whoever said it', (_, now) => {
    expect(statusOf(bullet(', confirmed 2026-12-01 by PR #15'), now)).toEqual(['suspect'])
    expect(statusOf(bullet('', 'lena in PR #12, 2026-11-22'), now)).toEqual(['suspect'])
  })

  test('that says little is told by its neighbours', () => {
    const brace = `- It ends. (\`src/a.ts:4 @a1b2c3d #${lineDigest(code, 4)}\`, PR #1, 2026-11-22) [m-00000002]\n`
    expect(statusOf(brace)).toEqual(['candidate'])
    expect(statusOf(brace, '})\n})\n})\n})\n')).toEqual(['suspect'])
  })

  test('of a citation that a person wrote is known by the number of lines alone', () => {
    const own = '- Seen. (`src/a.ts:3 @a1b2c3d`, PR #1, 2026-11-22) [m-00000003]\n'
    expect([statusOf(own, 'a\nb\nc\n'), statusOf(own, 'a\n')]).toEqual([['candidate'], ['suspect']])
  })
})

describe('an entry whose cited file is gone', () => {
  const known = ', confirmed 2026-12-01 by PR #15'

  test('is retired when reviews learned it: nothing is left to ask about', () => {
    expect(statusOf(bullet(), null)).toEqual(['retired'])
    expect(statusOf(bullet(known), null)).toEqual(['retired'])
    expect(statusOf(bullet('', 'merged PR #12, 2026-11-22'), null)).toEqual(['retired'])
  })

  test('is back when the file is', () => {
    expect(statusOf(bullet(known))).toEqual(['active'])
  })

  test('is a question when a maintainer said it or a person wrote it', () => {
    expect(statusOf(bullet('', 'lena in PR #12, 2026-11-22'), null)).toEqual(['suspect'])
  })

  test('stays in its file, marked, and is never taken out by reviews', () => {
    const files = [{ path: 'stripe.md', text: bullet() }]
    const marked = withLabels(files, judgeEntries(files, new Map([['src/a.ts', null]])))[0]?.text
    expect(marked).toBe(
      `- [retired: replaced by another entry, or its cited file is gone] ${bullet().slice(2)}`,
    )
    const change = { overlay: [], learnings: [], forget: new Set<string>() }
    expect(changeMemory(files, change, ORIGIN).edits).toEqual([])
  })

  test('is cited anew and alive once the same is learned from another file', () => {
    const text = bullet().replace('m-00000001', entryId('Stripe is called.'))
    const fact = {
      ...{ topic: 'stripe', text: 'Stripe is called.' },
      citation: { path: 'src/b.ts', line: 3 },
    }
    const texts = new Map([['src/b.ts', code.join('\n')]])
    const { edits, learned } = changeMemory(
      [{ path: 'stripe.md', text }],
      { overlay: [], learnings: [fact], forget: new Set() },
      { ...ORIGIN, texts: new Map([...texts, ['src/a.ts', '']]) },
    )
    expect(learned).toEqual([])
    const after = edits.find(({ path }) => path === 'stripe.md')
    expect(after?.text).toContain('`src/b.ts:3 @')
    const judged = judgeEntries(after?.text ? [{ ...after, text: after.text }] : [], texts)
    expect(judged.map(({ status }) => status)).toEqual(['active'])
  })
})

test('an entry that another one took the place of is retired', () => {
  const text = bullet() + bullet(', replaces m-00000001', 'PR #13, 2026-11-23', 'm-00000009')
  expect(statusOf(text)).toEqual(['retired', 'candidate'])
})

test('a doubtful entry is marked before its words, and the mark comes off without a trace', () => {
  const text = `# Stripe\n\n${bullet()}  - their note\n* * nested ${bullet().slice(2)}`
  const files = [{ path: 'stripe.md', text }]
  const marked = withLabels(files, judgeEntries(files, new Map([['src/a.ts', '']])))[0]?.text
  expect(marked).toContain(
    '- [suspect: its cited line has changed; does this still hold?] Stripe is called.',
  )
  expect(withoutLabels(marked ?? '')).toBe(text)
})

test('each cited path is named once', () => {
  expect(citedPaths([{ path: 'a.md', text: bullet() + bullet() }])).toEqual(['src/a.ts'])
})
