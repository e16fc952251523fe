import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyLearnings, type Origin } from '#core/memory/apply-learnings'
import type { MemoryEdit, MemoryFile } from '#core/memory/memory'
import { entryId } from '#core/memory/memory-entry'
import { refuseEdits } from '#core/memory/memory-paths'
import { byteLength, splitLines } from '#core/text/lines'

const origin: Origin = {
  today: '2026-11-22',
  commit: 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678',
  pull: 12,
  retired: new Set(),
  texts: new Map(),
}
const fact = (text: string, topic = 'stripe', line = 14) => ({
  topic,
  text,
  citation: { path: 'src/stripe.ts', line },
})
const apply = (files: readonly MemoryFile[], ...facts: ReturnType<typeof fact>[]) =>
  applyLearnings(files, facts, origin)
const written = (files: readonly MemoryFile[], edits: readonly MemoryEdit[]): MemoryFile[] => {
  const texts = new Map<string, string>(files.map((file) => [file.path, file.text]))
  for (const { path, text } of edits) text === null ? texts.delete(path) : texts.set(path, text)
  return [...texts].map(([path, text]) => ({ path, text }))
}
const bullet = (text: string, line = 14) =>
  `- ${text} (\`src/stripe.ts:${line} @a1b2c3d\`, PR #12, 2026-11-22) [${entryId(text)}]`

test('the first fact makes a topic file and an index that a person likes to read', () => {
  expect(apply([], fact('Stripe is called through `stripe`.')).edits).toEqual([
    {
      path: 'MEMORY.md',
      text: [
        '# What the reviews learned',
        '',
        "Notes about this repository's integrations, one file for each subject. They can be edited freely:",
        'wording stays as people wrote it, and an entry that was deleted is not learned again.',
        '',
        '- [Stripe](stripe.md): what is known about Stripe',
        '',
      ].join('\n'),
    },
    {
      path: 'stripe.md',
      text: `# Stripe\n\n${bullet('Stripe is called through `stripe`.')}\n`,
    },
  ])
})

describe('what the folder says already', () => {
  const files = written([], apply([], fact('Stripe is called through `stripe`.')).edits)

  test('is not written again by the same pull request', () => {
    expect(apply(files, fact('Stripe is called through `stripe`.')).edits).toEqual([])
  })

  test('is confirmed once by another pull request, within the line', () => {
    const second = { ...origin, today: '2026-12-01', pull: 15 }
    const confirmed = applyLearnings(
      files,
      [fact('stripe is called  through stripe', 'other')],
      second,
    )
    const line = bullet('Stripe is called through `stripe`.').replace(
      '2026-11-22)',
      '2026-11-22, confirmed 2026-12-01 by PR #15)',
    )
    expect(confirmed.edits).toEqual([{ path: 'stripe.md', text: `# Stripe\n\n${line}\n` }])
    const third = { ...origin, today: '2026-12-02', pull: 16 }
    const again = written(files, confirmed.edits)
    expect(
      applyLearnings(again, [fact('Stripe is called through `stripe`.')], third).edits,
    ).toEqual([])
  })

  test('is recognised in nearly the same words about the same file', () => {
    const second = { ...origin, pull: 15 }
    const long =
      'The Stripe client in this service retries 3 times and waits a second between tries.'
    const known = written([], apply([], fact(long)).edits)
    const close = long.replace('The Stripe client', 'A Stripe client')
    expect(applyLearnings(known, [fact(close)], second).confirmed).toEqual([entryId(long)])
  })

  test.each([
    ['another number', 'retries 3', 'retries 5'],
    ['a negation', 'service retries', 'service never retries'],
    ['another name', '`pay`', '`refund`'],
  ])('is something else with %s', (_, from, to) => {
    const long =
      'The Stripe client of `pay` in this service retries 3 times and waits a second between.'
    const known = written([], apply([], fact(long)).edits)
    expect(apply(known, fact(long.replace(from, to))).learned).toEqual([
      entryId(long.replace(from, to)),
    ])
  })

  test('is respected when a person wrote it without an id', () => {
    const own = [{ path: 'notes.md', text: '# Notes\n\n* Stripe is called through stripe\n' }]
    expect(apply(own, fact('Stripe is called through `stripe`.')).edits).toEqual([])
  })

  test('is respected when a person reworded the entry', () => {
    const id = entryId('Stripe is called through `stripe`.')
    const own = [{ path: 'stripe.md', text: `- We use the SDK (ask Bob) [${id}]\n` }]
    expect(apply(own, fact('Stripe is called through `stripe`.')).edits).toEqual([])
  })
})

test('an entry that was written once and is gone from the folder is not written again', () => {
  const text = 'Stripe is called through `stripe`.'
  const retired = { ...origin, retired: new Set([entryId(text)]) }
  expect(applyLearnings([], [fact(text)], retired)).toEqual({
    edits: [],
    learned: [],
    confirmed: [],
    superseded: [],
    deferred: [],
  })
})

describe('where a bullet goes', () => {
  const old = '- Old. (PR #1, 2026-01-01) [m-00000001]'
  const index = { path: 'MEMORY.md', text: '- [Stripe](stripe.md)\n' }
  const text = (before: string) =>
    apply([index, { path: 'stripe.md', text: before }], fact('New fact here.')).edits.find(
      (edit) => edit.path === 'stripe.md',
    )?.text

  test('after our last entry, before what a person wrote below', () => {
    expect(text(`# Stripe\n\n${old}\n\nTheir words.\n`)).toBe(
      `# Stripe\n\n${old}\n${bullet('New fact here.')}\n\nTheir words.\n`,
    )
  })

  test('with the bullet and the line ending of the file', () => {
    expect(text(`# Stripe\r\n\r\n* ${old.slice(2)}\r\n`)).toBe(
      `# Stripe\r\n\r\n* ${old.slice(2)}\r\n* ${bullet('New fact here.').slice(2)}\r\n`,
    )
  })

  test('after the notes that a person hung on our entry', () => {
    expect(text(`${old}\n  - their note\n`)).toBe(
      `${old}\n  - their note\n${bullet('New fact here.')}\n`,
    )
  })

  test('under a heading of its own at the end of a file that a person wrote', () => {
    expect(text('# Stripe\n\nTheir words')).toBe(
      `# Stripe\n\nTheir words\n\n## Learned in reviews\n\n${bullet('New fact here.')}\n`,
    )
    expect(text('# Stripe\n\n## Learned in reviews\n\nTheir words\n')).toBe(
      `# Stripe\n\n## Learned in reviews\n\n${bullet('New fact here.')}\n\nTheir words\n`,
    )
  })

  test('into an existing file whose name differs by case only', () => {
    const files = [index, { path: 'Stripe.md', text: `${old}\n` }]
    expect(apply(files, fact('New fact here.')).edits.map((edit) => edit.path)).toEqual([
      'Stripe.md',
    ])
  })

  test('into the next file when the first has no room', () => {
    const full = `# Stripe\n\n${'x'.repeat(25_500)}\n`
    const edits = apply([index, { path: 'stripe.md', text: full }], fact('New fact here.')).edits
    expect(edits).toEqual([
      {
        path: 'MEMORY.md',
        text: '- [Stripe](stripe.md)\n- [Stripe (2)](stripe-2.md): what is known about Stripe\n',
      },
      { path: 'stripe-2.md', text: `# Stripe (2)\n\n${bullet('New fact here.')}\n` },
    ])
  })
})

describe('the index', () => {
  const learn = (text: string) =>
    apply([{ path: 'MEMORY.md', text }], fact('New fact here.')).edits.find(
      (edit) => edit.path === 'MEMORY.md',
    )?.text

  test('gets its line after the last linked file', () => {
    expect(learn('# Ours\n\n- [HubSpot](./hubspot.md): CRM\n- no link\n\nEnd.\n')).toBe(
      '# Ours\n\n- [HubSpot](./hubspot.md): CRM\n- [Stripe](stripe.md): what is known about Stripe\n- no link\n\nEnd.\n',
    )
  })

  test('is left alone when it links the file already, however it is worded', () => {
    expect(learn('See [payments](./stripe.md).\n')).toBeUndefined()
  })

  test('of 200 lines by hand is left alone: the fact is written without a link', () => {
    const text = 'line\n'.repeat(200)
    const { edits } = apply([{ path: 'MEMORY.md', text }], fact('New fact here.'))
    expect(edits.map((edit) => edit.path)).toEqual(['stripe.md'])
  })

  test('of more than 25 KB by hand is left alone', () => {
    const { edits } = apply(
      [{ path: 'MEMORY.md', text: 'x'.repeat(30_000) }],
      fact('New fact here.'),
    )
    expect(edits.map((edit) => edit.path)).toEqual(['stripe.md'])
  })
})

test('the order in which facts arrive does not change a byte', () => {
  const facts = [
    fact('B is here.', 'b', 2),
    fact('A second thing.', 'a', 9),
    fact('A first thing.', 'a', 1),
    fact('Another line, same place.', 'a', 1),
  ]
  const expected = applyLearnings([], facts, origin).edits
  fc.assert(
    fc.property(fc.shuffledSubarray(facts, { minLength: 4, maxLength: 4 }), (shuffled) => {
      expect(applyLearnings([], shuffled, origin).edits).toEqual(expected)
    }),
  )
})

test('one commit changes at most twenty files, and says what did not fit', () => {
  const facts = Array.from({ length: 30 }, (_, n) =>
    fact(`Service number ${n} is called.`, `t${n}`),
  )
  const { edits, learned, deferred } = applyLearnings([], facts, origin)
  expect(edits.length).toBeLessThanOrEqual(20)
  expect(learned.length + deferred.length).toBe(30)
  expect(refuseEdits({ agent: 'a', files: [], edits })).toBeNull()
})

test('500 facts keep every limit, lose nothing and come to rest', () => {
  const facts = Array.from({ length: 500 }, (_, n) =>
    fact(
      `Fact number ${n}: ${'the ERP answers slowly '.repeat(8)}.`,
      `topic-${'abc'[n % 3]}`,
      n + 1,
    ),
  )
  let files: MemoryFile[] = []
  for (let from = 0; from < 500; from += 50) {
    const { edits, deferred } = applyLearnings(files, facts.slice(from, from + 50), origin)
    expect(deferred).toEqual([])
    expect(refuseEdits({ agent: 'a', files, edits })).toBeNull()
    files = written(files, edits)
  }
  const index = files.find((file) => file.path === 'MEMORY.md')?.text ?? ''
  expect(splitLines(index).length).toBeLessThanOrEqual(200)
  for (const file of files) expect(byteLength(file.text)).toBeLessThanOrEqual(25_600)
  const everything = files.map((file) => file.text).join('\n')
  for (const { text } of facts) expect(everything.split(`[${entryId(text)}]`).length).toBe(2)
  expect(applyLearnings(files, facts, origin).edits).toEqual([])
})

test('many topics fill the index to its limits and no further', () => {
  const own = 'Their words.\n'.repeat(180)
  let files: MemoryFile[] = [{ path: 'MEMORY.md', text: own }]
  for (let n = 0; n < 40; n += 10) {
    const facts = Array.from({ length: 10 }, (_, i) =>
      fact(`Service ${n + i} is called.`, `s${n + i}`),
    )
    files = written(files, applyLearnings(files, facts, origin).edits)
  }
  const index = files.find((file) => file.path === 'MEMORY.md')?.text ?? ''
  expect(index.startsWith(own)).toBe(true)
  expect(splitLines(index).length).toBe(200)
  expect(files.length).toBe(41)
})

test.each([
  ['a code fence', '# Stripe\n\n```\ncode\n'],
  ['a comment', '# Stripe\n\n<!-- open\n'],
])('a file that ends in %s that is never closed is left alone', (_, text) => {
  const files = [
    { path: 'MEMORY.md', text: '- [Stripe](stripe.md)\n' },
    { path: 'stripe.md', text },
  ]
  const { edits } = apply(files, fact('New fact here.'))
  expect(edits.map((edit) => edit.path)).toEqual(['MEMORY.md', 'stripe-2.md'])
})

test('an entry that a person moved into a table is not written again', () => {
  const id = entryId('New fact here.')
  const files = [{ path: 'own.md', text: `| fact |\n| --- |\n| New [${id}] |\n` }]
  expect(apply(files, fact('New fact here.')).edits).toEqual([])
})

test('random histories of learning and of human edits keep the limits and every human line', () => {
  const human = fc.constantFrom(
    ...['# Heading', 'Free prose of a person.', '- their bullet', '  - nested', '', '> quote'],
    ...[
      '```',
      '| a | b |',
      '---',
      '1. first',
      '- [x](stripe.md)',
      '<!-- note -->',
      '\\',
      '   code',
    ],
  )
  const lines = fc.array(human, { maxLength: 12 })
  const eol = fc.constantFrom('\n', '\r\n')
  const step = fc.record({
    topics: fc.array(fc.tuple(fc.constantFrom('stripe', 'hubspot'), fc.nat(30)), { maxLength: 4 }),
    insert: fc.record({
      file: fc.constantFrom('MEMORY.md', 'stripe.md'),
      lines,
      at: fc.nat(20),
      eol,
    }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
      let files: MemoryFile[] = []
      for (const { topics, insert } of steps) {
        const before = files.find((file) => file.path === insert.file)?.text ?? ''
        const kept = before.split('\n')
        kept.splice(insert.at, 0, ...insert.lines)
        const text = kept.join(insert.eol)
        files = written(files, [{ path: insert.file, text }])
        const facts = topics.map(([topic, n]) =>
          fact(`Fact ${n} of ${topic} is known.`, topic, n + 1),
        )
        const { edits } = applyLearnings(files, facts, origin)
        expect(refuseEdits({ agent: 'a', files, edits })).toBeNull()
        for (const { path, text: now } of edits) {
          const old = files.find((file) => file.path === path)?.text
          if (old !== undefined)
            expect(isSubsequence(old.split('\n'), now?.split('\n') ?? [])).toBe(true)
        }
        files = written(files, edits)
        expect(applyLearnings(files, facts, origin).edits).toEqual([])
      }
    }),
    { numRuns: 100 },
  )
})

/** Whether every line of the first text stands in the second, in order. */
function isSubsequence(lines: readonly string[], of: readonly string[]): boolean {
  let at = 0
  for (const line of of) if (line.trimEnd() === lines[at]?.trimEnd()) at += 1
  return at === lines.length
}
