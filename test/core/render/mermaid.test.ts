import fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { afterAll, describe, expect, test } from 'vitest'
import { Direction, type Integration } from '#core/inventory/inventory'
import { DELIVERY_STATES, type Station, Step } from '#core/matrix/matrix'
import { adviceSection } from '#core/render/advice-section'
import { deliverySequence } from '#core/render/delivery-sequence'
import { markdownInventory } from '#core/render/markdown-inventory'
import { codeBlock } from '#core/render/safe-markdown'
import { webhookDiagram } from '#core/render/webhook-diagram'
import {
  closeMermaid,
  type Drawn,
  drawnIn,
  parseDiagram,
  renderDiagram,
} from '../../support/mermaid.ts'

afterAll(closeMermaid)

/** The one diagram of a page, as GitHub finds it there. */
function diagramIn(markdown: string): string {
  const found = fromMarkdown(markdown).children.flatMap((node) =>
    node.type === 'code' && node.lang === 'mermaid' ? [node.value] : [],
  )
  expect(found).toHaveLength(1)
  return found.join('')
}

function pick<const T>(values: readonly T[], index: number): T {
  const one = values[index % values.length]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}

/** Integrations of these names; each is spoken to in one of the ways that there are. */
function inventoryOf(names: readonly string[]): string {
  const integrations = names.map((name, index): Integration => {
    const direction = pick(Direction.options, index)
    const site = { id: 'inv-1', direction, path: 'src/pay.ts', line: 6, symbol: null }
    return {
      ...{ id: `host:${index}`, kind: 'host', name, category: null, directions: [direction] },
      ...{ sites: [{ ...site, what: 'stripe.refunds.create', host: null, data: [] }] },
      ...{ hosts: [], env: [], sdks: [], apiVersions: [], clients: [], checks: [] },
    }
  })
  const tool = { name: 't', version: '0' }
  const unread = { languages: [], files: [] }
  return diagramIn(markdownInventory({ version: 1, tool, integrations, unread }))
}

/** Parties of these names; each says its own name to the next, in one of the ways that there are. */
function sequenceOf(names: readonly string[]): string {
  const steps = names.map((name, index) => ({
    ...{ from: name, to: names[(index + 1) % names.length] ?? name, message: name },
    kind: pick(['call', 'reply', 'event', 'failure'], index),
  }))
  const sequence = { participants: [...names], steps }
  const levels = { risk: 'low', complexity: 'low' } as const
  const advice = { ...levels, sequence, failureModes: [], plan: [] }
  return diagramIn(adviceSection(advice, 'https://github.com/acme/shop'))
}

/** A handler of the first name, whose states stand in files, or lack for reasons, of the others. */
function webhookOf([what = '', ...names]: readonly string[]): string {
  const states = DELIVERY_STATES.map((name, index): Station => {
    const said = names[index % names.length] ?? ''
    const state = pick(['present', 'missing', 'not-needed', 'unknown'], index)
    const misplaced = state === 'present' && index < names.length ? said : null
    return { name, state, because: said, path: `src/${said}`, line: 3, misplaced }
  })
  return diagramIn(codeBlock(webhookDiagram({ what, states }), 'mermaid'))
}

/** A delivery from the first name, that goes on in files of the others, which call those names. */
function deliveryOf([name = '', ...names]: readonly string[]): string {
  const steps = names.flatMap((said, index): readonly Step[] => {
    const step = { to: said, path: `src/${said}`, line: 3, deferred: index > 4 }
    return [
      { ...step, does: pick(Step.shape.does.options, index) },
      { ...step, does: 'call' },
    ]
  })
  const handler = { name, path: `src/${name}`, line: 3, steps }
  return diagramIn(codeBlock(deliverySequence(handler), 'mermaid'))
}

const RENDERERS = [
  { name: 'an inventory', type: 'flowchart-v2', textOf: inventoryOf },
  { name: 'a sequence', type: 'sequence', textOf: sequenceOf },
  { name: 'the way of a webhook', type: 'flowchart-v2', textOf: webhookOf },
  { name: 'a delivery', type: 'sequence', textOf: deliveryOf },
] as const

const NAMES_IN_ONE = 9
const PLAIN = Array.from({ length: NAMES_IN_ONE }, (_, index) => `plain ${index}`)

/**
 * A drawing without its words, but with its style sheet; and without numbers, because mermaid counts
 * some ids up from drawing to drawing.
 */
const bonesOf = (drawing: readonly Drawn[]) =>
  drawing.map(({ tag, attributes, words }) =>
    JSON.stringify([tag, attributes, tag === 'style' ? words : []]).replaceAll(/\d+/g, '0'),
  )

const wordsOf = (drawing: readonly Drawn[]) =>
  drawing.flatMap(({ words }) => words.map((text) => text.replace(/, from line \d+$/, '')))

const drawingOf = async (text: string) => drawnIn(await renderDiagram(text))

/** A name, and what of it is to be read in a drawing. */
const HOSTILE: readonly (readonly [name: string, shown: string])[] = [
  ['', '…'],
  ['"', '…'],
  ['a"b', 'a b'],
  ['"] --> x', '-- x'],
  ['x["y', 'x y'],
  ['(((a', '(((a'],
  ["o'clock", "o'clock"],
  ['`x`', 'x'],
  ['a\nb', 'a b'],
  ['a\r\n\r\nclick p0 "https://evil.example"', 'a click p0 https //evil.example'],
  ['a\u2028b', 'a b'],
  ['a; b', 'a b'],
  ['a: b', 'a b'],
  ['a | b', 'a b'],
  ['end', 'end'],
  ['POST /sessions/end', 'POST /sessions/end'],
  ['click p0 href javascript:alert(1)', 'click p0 href javascript alert(1)'],
  ['subgraph', 'subgraph'],
  ['%% comment', 'comment'],
  ['%%{init: {"securityLevel":"loose"}}%%', 'init securityLevel loose'],
  ['---', '---'],
  ['---\ntitle: x\n---', '--- title x ---'],
  ['#quot;] --> x', 'quot -- x'],
  ['<script>alert(1)</script>', 'script alert(1) /script'],
  ['<img src=x onerror=alert(1)>', 'img src x onerror alert(1)'],
  ['<a href="https://evil.example">pay</a>', 'a href https //evil.example pay /a'],
  ['&lt;b&gt;', 'lt b gt'],
  ['fa:fa-car', 'fa fa-car'],
  ['$$x^2$$', 'x 2'],
  ['1. FC Köln', '1. FC Köln'],
  ['2)', '2)'],
  ['- dash', '- dash'],
  ['_a_ and __b__', '_a_ and __b__'],
  ['**bold**', 'bold'],
  ['STRIPE_API_KEY', 'STRIPE_API_KEY'],
  ['www.example.com', 'www.example.com'],
  ['👩‍💻 pay', 'pay'],
  ['שָׁלוֹם', 'שָׁלוֹם'],
  ['हिन्दी', 'हिन्दी'],
  ['\u202Etxt.exe', 'txt.exe'],
  ['\u3164', '…'],
  ['\u115F{x', 'x'],
  ['\uD800', '…'],
  ['n'.repeat(10_000), `${'n'.repeat(59)}…`],
  ['"'.repeat(10_000), '…'],
]

const PIECES = HOSTILE.map(([name]) => name).filter(({ length }) => length < 100)

const hostileName = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...'"\'`()[]{}<>|;:#&%-=_.1 \n\t\\/~*+!?$@,xo') }),
)
const hostileNames = (minLength: number, maxLength: number) =>
  fc.uniqueArray(hostileName, { minLength, maxLength })

describe('mermaid as the tests have it', () => {
  test.each([
    ['end as a node', 'flowchart LR\n  app --> end'],
    ['an open bracket', 'flowchart LR\n  a["x"'],
    ['a bracket in a bare label', 'flowchart LR\n  a[x[y]'],
    ['an open quote', 'flowchart LR\n  a["x]\n  b --> a'],
    ['a quote in a label', 'flowchart LR\n  a["x"y"]'],
    ['a semicolon in a message', 'sequenceDiagram\n  a->>b: pay; then wait'],
    ['no kind', 'a --> b'],
  ])('%s does not pass', async (_, text) => {
    await expect(parseDiagram(text)).rejects.toThrow(/error|No diagram type/i)
    await expect(renderDiagram(text)).rejects.toThrow(/error|No diagram type/i)
  })
  test('a text that it would replace by a message is not drawn', async () => {
    const long = `sequenceDiagram\n  a->>b: ${'x'.repeat(50_001)}`
    await expect(renderDiagram(long)).rejects.toThrow('Maximum text size in diagram exceeded')
  })
  test('it cleans nothing away: markup and links of a text come into the drawing', async () => {
    const text = 'flowchart LR\n  a["<img src=x>"]\n  click a "javascript:alert(1)"'
    const drawing = await drawingOf(text)
    expect(drawing.map(({ tag }) => tag)).toEqual(expect.arrayContaining(['img', 'a']))
    expect(JSON.stringify(drawing)).toContain('javascript:alert(1)')
  })
  // 11.12 does, 11.15 does not. Hosts have older ones, and a newer one would not show what breaks there.
  test('it reads labels as markdown', async () => {
    const drawing = await drawingOf('flowchart LR\n  a["__init__.py"]')
    expect(drawing.map(({ tag }) => tag)).toContain('strong')
  })
  test('no global of the process is touched', () => {
    for (const name of ['window', 'document', 'mermaid', 'page']) {
      expect(globalThis).not.toHaveProperty(name)
    }
  })
})

describe.each(RENDERERS)('$name', ({ type, textOf }) => {
  test('is a diagram of its kind, whatever the names', async () => {
    await fc.assert(
      fc.asyncProperty(hostileNames(1, 3), async (names) => {
        expect(await parseDiagram(textOf(names))).toBe(type)
      }),
      { numRuns: 100 },
    )
  })
  test('has nothing in its drawing but words that came from a name', async () => {
    const bones = bonesOf(await drawingOf(textOf(PLAIN)))
    for (let at = 0; at < HOSTILE.length; at += NAMES_IN_ONE) {
      const rest = PLAIN.map((name) => [name, name] as const)
      const some = [...HOSTILE.slice(at), ...rest].slice(0, NAMES_IN_ONE)
      const drawing = await drawingOf(textOf(some.map(([name]) => name)))
      expect(bonesOf(drawing)).toEqual(bones)
      const words = wordsOf(drawing)
      for (const [name, shown] of some) expect(words, name).toContain(shown)
    }
    await fc.assert(
      fc.asyncProperty(hostileNames(NAMES_IN_ONE, NAMES_IN_ONE), async (names) => {
        expect(bonesOf(await drawingOf(textOf(names)))).toEqual(bones)
      }),
      { numRuns: 3 },
    )
  })
})

// As many parties as the 8 participants and 24 steps of a review can name.
const MANY = Array.from({ length: 8 + 2 * 24 }, (_, index) => `${index} ${'_'.repeat(100)}`)

test.each(RENDERERS)(
  '$name of very many names is short enough to be drawn',
  async ({ type, textOf }) => {
    const text = textOf(MANY)
    // `maxTextSize` of https://mermaid.js.org/config/schema-docs/config.html
    expect(text.length).toBeLessThan(50_000)
    expect(await parseDiagram(text)).toBe(type)
  },
)

test('a sequence of nobody is a diagram', async () => {
  expect(await parseDiagram(sequenceOf([]))).toBe('sequence')
})
