import { beforeAll, describe, expect, test } from 'vitest'
import { diffTexts } from '#core/diff/diff-texts'
import type { LabelledCase } from '#core/evaluation/case'
import type { Fact } from '#core/facts/fact'
import type { Claim } from '#core/findings/finding'
import { codeOf } from '#core/rules/code'
import { lostWords } from '#core/rules/lost-words'
import { evaluateCases } from '#flow/evaluate-rules'
import { createScan } from '#scan/create-scan'
import { loadKnowledge } from '#wiring/load-knowledge'

const { knowledge, matchers } = await loadKnowledge('2026-11-28')

interface Change {
  readonly name: string
  readonly before: Readonly<Record<string, string>>
  readonly after: Readonly<Record<string, string>>
  /** What is said, as `rule path:line`. */
  readonly says: readonly string[]
}

const LIMITED = `import { http } from './http'

export class Rates {
  async latest(base: string) {
    const answer = await this.api.get('/latest', { params: { base }, timeout: 3_000 })
    return answer.rates
  }
}
`
const UNLIMITED = LIMITED.replace(', timeout: 3_000', '')

const SHARED = `import axios from 'axios'
export const http = axios.create({ baseURL: 'https://api.fx.example', timeout: 4_000 })
`
const CALLER = `import { http } from './http'
export async function latest() {
  const { data } = await http.get('/latest')
  return data
}
`

const changes: readonly Change[] = [
  {
    name: 'a limit that goes while the call stays is said at the call',
    before: { 'src/rates.ts': LIMITED },
    after: { 'src/rates.ts': UNLIMITED },
    says: ['time-limit-removed src/rates.ts:5'],
  },
  {
    name: 'two functions that lose the same thing are two findings',
    before: {
      'src/rates.ts': `${LIMITED}${LIMITED.replace('import', '// import').replace('Rates', 'Old').replace('latest(', 'older(')}`,
    },
    after: {
      'src/rates.ts': `${UNLIMITED}${UNLIMITED.replace('import', '// import').replace('Rates', 'Old').replace('latest(', 'older(')}`,
    },
    says: ['time-limit-removed src/rates.ts:5', 'time-limit-removed src/rates.ts:13'],
  },
  {
    name: 'a limit that the change puts anywhere else has moved',
    before: { 'src/rates.ts': LIMITED },
    after: { 'src/rates.ts': UNLIMITED, 'src/limits.ts': 'export const timeout = 3_000\n' },
    says: [],
  },
  {
    name: 'a document that names the limit is no limit',
    before: { 'src/rates.ts': LIMITED },
    after: { 'src/rates.ts': UNLIMITED, 'CHANGELOG.md': '- The timeout is gone.\n' },
    says: ['time-limit-removed src/rates.ts:5'],
  },
  {
    name: 'a comment about the limit is no limit',
    before: { 'src/rates.ts': LIMITED },
    after: {
      'src/rates.ts': UNLIMITED.replace('    const', '    // timeout: see the proxy\n    const'),
    },
    says: ['time-limit-removed src/rates.ts:6'],
  },
  {
    name: 'a limit of the whole file is one of each function',
    before: { 'src/rates.ts': `client.defaults.timeout = 5_000\n${LIMITED}` },
    after: { 'src/rates.ts': `client.defaults.timeout = 5_000\n${UNLIMITED}` },
    says: [],
  },
  {
    name: 'a constant that is left behind limits nothing',
    before: { 'src/rates.ts': `const MAX_TIMEOUT = 5_000\n${LIMITED}` },
    after: { 'src/rates.ts': `const MAX_TIMEOUT = 5_000\n${UNLIMITED}` },
    says: ['time-limit-removed src/rates.ts:6'],
  },
  {
    name: 'a module that is used for the first time, and that nobody read, may limit it',
    before: { 'src/rates.ts': LIMITED },
    after: {
      'src/rates.ts': UNLIMITED.replace(
        "'./http'",
        "'./http'\nimport { limited } from 'limited'",
      ).replace('await this', 'await limited(this)'),
    },
    says: [],
  },
  {
    name: 'a function that is gone took its limit with it',
    before: { 'src/rates.ts': LIMITED },
    after: { 'src/rates.ts': "import { http } from './http'\n\nexport class Rates {}\n" },
    says: [],
  },
  {
    name: 'a limit that a test loses is nobody’s concern',
    before: { 'test/rates.test.ts': LIMITED },
    after: { 'test/rates.test.ts': UNLIMITED },
    says: [],
  },
  {
    name: 'a shared client that loses its limit is said once, by what sees the code as it stands',
    before: { 'src/http.ts': SHARED, 'src/latest.ts': CALLER },
    after: { 'src/http.ts': SHARED.replace(', timeout: 4_000', ''), 'src/latest.ts': CALLER },
    says: ['call-without-timeout src/http.ts:2'],
  },
]

/** How many losses of a signature check are seen between two texts, without facts from a scanner. */
function lossesOf(before: string, after: string): number {
  const side = (text: string) => {
    const file = codeOf([{ path: 'src/a.ts', text }], functionsIn(text)).files.get('src/a.ts')
    if (file === undefined) throw new Error('the sample is no code')
    return file
  }
  const diff = diffTexts('src/a.ts', before, after)
  const words = { gone: 'verifySignature', still: 'send', before: false, logged: false }
  const around = { added: '', code: { files: new Map() } }
  return lostWords({ diff, before: side(before), after: side(after) }, words, around).length
}

/** The functions of a text in which each one ends with a brace at the margin. */
function functionsIn(text: string): Fact[] {
  return [...text.matchAll(/^function (\w+)[\s\S]*?^\}/gm)].map(
    ({ 0: whole, 1: name = '', index }) => {
      const line = text.slice(0, index).split('\n').length
      return {
        ...{ kind: 'function', by: 'function', path: 'src/a.ts', language: 'typescript' },
        ...{ text: whole, scope: null, spans: {}, args: [], captures: { form: 'function', name } },
        ...{
          start: index,
          end: index + whole.length,
          line,
          endLine: line + whole.split('\n').length - 1,
        },
      } satisfies Fact
    },
  )
}

function caseOf({ name, before, after }: Change, index: number): LabelledCase {
  const side = (files: Change['before']) =>
    Object.entries(files).map(([path, text]) => ({ path, text }))
  return {
    id: `case-${index}`,
    expected: { about: name, language: 'typescript', provider: null, defects: [], also: [] },
    base: side(before),
    head: side(after),
  }
}

const said = new Map<Change, readonly Claim[]>()

beforeAll(async () => {
  const outcomes = await evaluateCases(createScan({ matchers }), knowledge, changes.map(caseOf))
  outcomes.forEach(({ wrong }, index) => {
    const change = changes[index]
    if (change !== undefined) said.set(change, wrong)
  })
}, 60_000)

describe('what a change takes away', () => {
  test.each(changes)('$name', (change) => {
    const claims = said.get(change) ?? []
    expect(claims.map(({ rule, path, line }) => `${rule} ${path}:${line}`)).toEqual(change.says)
  })

  test('the removed line is evidence, on the side of the base, and nothing is called proven', () => {
    const [change] = changes
    const [claim] = change === undefined ? [] : (said.get(change) ?? [])
    expect(claim?.proof).toBe('plausible')
    expect(claim?.evidence.filter(({ side }) => side === 'LEFT')).toEqual([
      {
        path: 'src/rates.ts',
        side: 'LEFT',
        line: 5,
        text: "    const answer = await this.api.get('/latest', { params: { base }, timeout: 3_000 })",
        redacted: false,
      },
    ])
  })
})

test('of a thousand functions that each lose a line a few are named', () => {
  const functions = (count: number, line: string) =>
    Array.from({ length: count }, (_, at) => `function f${at}() {\n${line}  send(${at})\n}\n`).join(
      '',
    )
  const losses = lossesOf(functions(1_000, '  verifySignature(req)\n'), functions(1_000, ''))
  expect(losses).toBe(3)
})

test('a line of data is not searched, and hides nothing of what stands beside it', () => {
  const data = `AB:${' '.repeat(200_000)}x\n`
  expect(lossesOf(`${data}verifySignature(req)\nsend()\n`, `${data}send()\n`)).toBe(1)
})
