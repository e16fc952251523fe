import { expect, test } from 'vitest'
import type { Fact, Language } from '#core/facts/fact'
import { codeOf } from '#core/rules/code'
import { Guard, type Place, passesGuards } from '#core/rules/guard'
import type { View } from '#core/rules/observation'
import type { SourceText } from '#core/text/source-text'
import { EXAMPLE_PROVIDERS } from '../../support/rule-providers.ts'

const LANGUAGE: Language = 'typescript'

/** A fact over the first place where `text` stands. */
function factAt(file: SourceText, text: string, rest: Partial<Fact>): Fact {
  const start = file.text.indexOf(text)
  const line = file.text.slice(0, start).split('\n').length
  return {
    kind: 'call',
    by: 'x',
    path: file.path,
    language: LANGUAGE,
    line,
    endLine: line + text.split('\n').length - 1,
    start,
    end: start + text.length,
    text,
    scope: null,
    captures: {},
    spans: {},
    args: [],
    ...rest,
  }
}

const OUTER = `async function send(order) {
  // no timeout here
  prepare(order)
  await client.post(order)
}`
const PREPARE = `function prepare(order) {
  order.deadline = 5
}`
const FILE = {
  path: 'src/send.ts',
  text: `import { shared } from './shared'\nconst client = make({ retries: 3 })\n${OUTER}\n${PREPARE}\n`,
}
const SHARED = { path: 'src/shared.ts', text: 'export const shared = { limit: 7 }\n' }

const call = factAt(FILE, 'client.post(order)', { captures: { client: 'client', what: 'order' } })
const facts = [
  factAt(FILE, "import { shared } from './shared'", {
    kind: 'import',
    captures: { module: "'./shared'", clause: '{ shared }' },
  }),
  factAt(FILE, OUTER, { kind: 'function', captures: { form: 'function', name: 'send' } }),
  factAt(FILE, PREPARE, { kind: 'function', captures: { form: 'function', name: 'prepare' } }),
  call,
]
const code = codeOf([FILE, SHARED], facts)
const file = code.files.get(FILE.path)
if (file === undefined) throw new Error('the file was not read')
const view: View = { file, code, providers: EXAMPLE_PROVIDERS, secrets: [] }

const isThere = (place: Place, text: string) =>
  passesGuards(view, call, { only: [{ in: place, text }], unless: [] })

test.each<[Place, string, string]>([
  ['match', 'post', 'prepare'],
  ['function', 'prepare', 'deadline'],
  ['reach', 'deadline', 'retries'],
  ['class', 'retries', 'limit: 7'],
  ['file', 'retries', 'limit: 7'],
  ['client', 'retries', 'limit: 7'],
  ['path', '^src/send', 'client'],
])('a guard looks in its place: %s', (place, inside, outside) => {
  expect(isThere(place, inside)).toBe(true)
  expect(isThere(place, outside)).toBe(false)
})

test('comments are no code', () => {
  expect(isThere('function', 'timeout')).toBe(false)
})

test('what the match captured stands in the pattern as it is', () => {
  expect(isThere('function', 'prepare\\({what}\\)')).toBe(true)
  const odd = { ...call, captures: { what: 'o.der' } }
  expect(passesGuards(view, odd, { only: [{ in: 'function', text: '{what}' }], unless: [] })).toBe(
    false,
  )
})

test('one guard that holds is enough to let a match go', () => {
  const unless: Guard[] = [
    { in: 'function', text: 'nothing' },
    { in: 'function', text: 'prepare' },
  ]
  expect(passesGuards(view, call, { only: [], unless })).toBe(false)
})

test('a pattern that is no regular expression is refused', () => {
  expect(Guard.safeParse({ in: 'file', text: '(' }).success).toBe(false)
})

test('a value counts as outside when it comes from the request, and not when it was looked up', () => {
  const reads = (line: string) => {
    const handler = `async function show(req, res) {\n  const { shop } = req.params\n  ${line}\n}`
    const source = { path: 'src/show.ts', text: `${handler}\n` }
    const match = factAt(source, 'fetch(target)', { captures: { url: 'target' } })
    const around = factAt(source, handler, {
      kind: 'function',
      captures: { form: 'function', name: 'show' },
    })
    const here = codeOf([source], [around, match])
    const own = here.files.get(source.path)
    if (own === undefined) throw new Error('the file was not read')
    const guard: Guard = { in: 'outside', value: 'url', as: 'address' }
    const at: View = { file: own, code: here, providers: EXAMPLE_PROVIDERS, secrets: [] }
    return passesGuards(at, match, { only: [guard], unless: [] })
  }
  expect(reads('const target = `https://${shop}/x`\n  await fetch(target)')).toBe(true)
  expect(reads('const target = `https://shops.example/${shop}`\n  await fetch(target)')).toBe(false)
  expect(reads('const target = HOSTS[shop]\n  await fetch(target)')).toBe(false)
})
