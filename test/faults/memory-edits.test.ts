import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { applyLearnings, type Origin } from '#core/memory/apply-learnings'
import { changeMemory } from '#core/memory/change-memory'
import type { MemoryEdit, MemoryFile } from '#core/memory/memory'
import { entryId } from '#core/memory/memory-entry'
import { refuseEdits } from '#core/memory/memory-paths'
import { parseMemory } from '#core/memory/parse-memory'
import { removeEntries } from '#core/memory/remove-entries'
import { byteLength, splitLines } from '#core/text/lines'

const SEQUENCES = 10_000
vi.setConfig({ testTimeout: 900_000 })

const origin = (pull: number): Origin => ({
  ...{ today: '2026-11-22', commit: 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678', pull },
  ...{ retired: new Set(), texts: new Map([['src/a.ts', 'const stripe = new Stripe(key)\n']]) },
})
const fact = (topic: string, n: number) => ({
  ...{ topic, text: `Fact ${n} of ${topic} is known.` },
  citation: { path: 'src/a.ts', line: 1 },
})
const written = (files: readonly MemoryFile[], edits: readonly MemoryEdit[]): MemoryFile[] => {
  const texts = new Map<string, string>(files.map((file) => [file.path, file.text]))
  for (const { path, text } of edits) text === null ? texts.delete(path) : texts.set(path, text)
  return [...texts].map(([path, text]) => ({ path, text }))
}

const line = fc.constantFrom(
  ...['# Heading', 'Free prose of a person.', '- their bullet', '  - nested', '', '> quote'],
  ...['```', '| a | b |', '---', '1. first', '- [x](stripe.md)', '<!-- note -->', '\\', '    code'],
  ...['description: words', '⚠️ careful', 'See `src/a.ts:1`.', '*', '- ', '\u00e9t\u00e9'],
)
const step = fc.oneof(
  fc.record({
    do: fc.constant('learn' as const),
    facts: fc.array(fc.tuple(fc.constantFrom('stripe', 'acme'), fc.nat(40)), { maxLength: 4 }),
    pull: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    do: fc.constant('edit' as const),
    file: fc.constantFrom('MEMORY.md', 'stripe.md', 'own.md'),
    lines: fc.array(line, { maxLength: 8 }),
    at: fc.nat(20),
    eol: fc.constantFrom('\n', '\r\n'),
    times: fc.constantFrom(1, 1, 1, 1, 30),
  }),
  fc.record({
    do: fc.constant('forget' as const),
    topic: fc.constantFrom('stripe', 'acme'),
    n: fc.nat(40),
  }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** The lines that a person wrote, in order. */
const own = (text: string) =>
  text
    .split(/\r?\n/)
    .filter((words) => words.trim() !== '' && !/\[m-[0-9a-f]{8}\]/.test(words))
    .filter((words) => !/^- \[(?:Stripe|Acme)(?: \(\d+\))?\]\(/.test(words))

function play(files: MemoryFile[], one: Step): MemoryFile[] {
  if (one.do === 'edit') {
    const before = files.find((file) => file.path === one.file)?.text ?? ''
    const lines = before.split('\n')
    const inserted = Array.from({ length: one.times }, () => one.lines).flat()
    lines.splice(one.at, 0, ...inserted)
    return written(files, [{ path: one.file, text: lines.join(one.eol) }])
  }
  if (one.do === 'forget') {
    const id = entryId(fact(one.topic, one.n).text)
    const { files: left } = removeEntries(files, new Set([id]))
    expect(left.some(({ text }) => parseMemory(text).entries.some((e) => e.id === id))).toBe(false)
    for (const { path, text } of files) {
      const now = new Set(own(left.find((file) => file.path === path)?.text ?? ''))
      const lost = own(text).filter((words) => !now.has(words))
      // Only what hangs below the entry may go with it, and the headings of a file that is empty now.
      expect(lost.filter((words) => !/^(?:\s|#{1,6} )/.test(words))).toEqual([])
    }
    return [...left]
  }
  const facts = one.facts.map(([topic, n]) => fact(topic, n))
  const { edits } = changeMemory(files, NOTHING(facts), origin(one.pull))
  expect(refuseEdits({ agent: 'a', files, edits })).toBeNull()
  for (const { path, text } of edits) {
    expect(byteLength(text ?? '')).toBeLessThanOrEqual(25_600)
    if (path === 'MEMORY.md') expect(splitLines(text ?? '').length).toBeLessThanOrEqual(200)
    const before = files.find((file) => file.path === path)?.text ?? ''
    expect(isSubsequence(before.split('\n'), (text ?? '').split('\n'))).toBe(true)
  }
  const after = written(files, edits)
  // What was written is read back, and said again it changes nothing.
  expect(applyLearnings(after, facts, origin(one.pull)).edits).toEqual([])
  return after
}

const NOTHING = (facts: readonly ReturnType<typeof fact>[]) => ({
  ...{ overlay: [], learnings: facts, forget: new Set<string>() },
})

/** Whether every line of the first stands in the second, in order; ours may have grown in place. */
function isSubsequence(lines: readonly string[], of: readonly string[]): boolean {
  let at = 0
  const same = (a: string, b: string) => {
    const bare = (words: string) =>
      words.replace(/, confirmed \d{4}-\d{2}-\d{2} by PR #\d+/, '').trimEnd()
    return bare(a) === bare(b)
  }
  for (const words of of) if (at < lines.length && same(words, lines[at] ?? '')) at += 1
  return at === lines.length
}

test(`${SEQUENCES} random sequences of edits keep the limits and every word of a person`, () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
      steps.reduce<MemoryFile[]>(play, [])
    }),
    { numRuns: SEQUENCES },
  )
})
