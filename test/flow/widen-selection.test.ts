import { beforeAll, describe, expect, test } from 'vitest'
import type { FileDiff } from '#core/diff/diff'
import { gather } from '#flow/gather'
import type { FileContent, Snapshot } from '#flow/ports'
import { type Scope, select } from '#flow/select'
import { type Loaded, loadKnowledge } from '#wiring/load-knowledge'
import { changedFile } from '../support/builders.ts'

let loaded: Loaded
beforeAll(async () => {
  loaded = await loadKnowledge('2026-11-22')
})

interface World {
  /** The head's texts by path; all of them are listed. */
  readonly head: Readonly<Record<string, string>>
  readonly base?: Readonly<Record<string, string>>
  readonly memory?: Readonly<Record<string, string>>
  readonly settings?: string
  readonly totalFiles?: number
}

/** Each read and listing counts as GitHub would be asked: per commit one tree, then the blobs. */
async function selected(files: readonly FileDiff[], world: World) {
  const reads: string[] = []
  const texts = { head: world.head, base: world.base ?? {}, tip: {} }
  const made: Snapshot = {
    ...{ base: 'b', head: 'a', files, title: '', description: '' },
    totalFiles: world.totalFiles ?? files.length,
    trusted: {
      commit: 'c',
      settings:
        world.settings === undefined
          ? null
          : { path: '.github/tech-lead.yml', text: world.settings },
      agent: null,
      memory: Object.entries(world.memory ?? {}).map(([path, text]) => ({ path, text })),
    },
    contents: {
      read: async (paths, at) => {
        reads.push(`${at}: ${paths.join(' ')}`)
        const known: Readonly<Record<string, string>> = texts[at]
        return new Map(
          paths.map((path): [string, FileContent] => {
            const text = known[path]
            return [path, text === undefined ? { kind: 'missing' } : { kind: 'text', text }]
          }),
        )
      },
      list: async (at) => ({ paths: Object.keys(texts[at]).sort(), complete: true }),
    },
  }
  const gathered = await gather({ snapshot: async () => made }, loaded)
  const scope = await select(gathered)
  return { reads, scope }
}

const decided = (scope: Scope, path: string) => {
  const one = scope.selection.find((decision) => decision.path === path)
  if (one === undefined) throw new Error(`${path} has no decision`)
  return one
}
const why = (scope: Scope, path: string) =>
  decided(scope, path).reasons.map(({ signal, detail, line }) => [signal, detail, line].join(' '))

/** The head's text with its first line as what the change added. */
function touched(path: string, text: string): FileDiff {
  return changedFile(path, `@@ -0,0 +1 @@\n+${text.split('\n')[0]}`)
}

const CHARGE = "import Stripe from 'stripe'\nexport const stripe = new Stripe(key)\n"
const STATUS = "import { stripe } from './charge'\n\nexport const status = () => stripe\n"

describe('a file that imports an integration of the change', () => {
  test('says so, and what makes it one; by itself that selects nothing', async () => {
    const files = [touched('src/charge.ts', CHARGE), touched('src/orders.ts', STATUS)]
    const { scope } = await selected(files, {
      head: { 'src/charge.ts': CHARGE, 'src/orders.ts': STATUS },
    })
    expect(decided(scope, 'src/orders.ts')).toMatchObject({
      ...{ decision: 'skipped', providers: ['stripe'] },
    })
    expect(why(scope, 'src/orders.ts')).toEqual([
      'imports-integration uses src/charge.ts, which imports stripe 1',
    ])
  })

  test('is selected together with another hint, for which alone it is not', async () => {
    const text = `export const apiKey = 3\n${STATUS}`
    const files = [touched('src/charge.ts', CHARGE), touched('src/orders.ts', text)]
    const alone = await selected([touched('src/orders.ts', text)], {
      head: { 'src/orders.ts': text },
    })
    expect(decided(alone.scope, 'src/orders.ts').decision).toBe('skipped')
    const { scope } = await selected(files, {
      head: { 'src/charge.ts': CHARGE, 'src/orders.ts': text },
    })
    expect(decided(scope, 'src/orders.ts').decision).toBe('selected')
  })

  test('says nothing where the module is used by so many that it tells none apart', async () => {
    const users = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`src/part${n}.ts`, STATUS]))
    const reasons = async (count: number) => {
      const head = { 'src/charge.ts': CHARGE, ...users(count) }
      const files = Object.entries(head).map(([path, text]) => touched(path, text))
      return why((await selected(files, { head })).scope, 'src/part0.ts')
    }
    expect(await reasons(4)).toEqual([
      'imports-integration uses src/charge.ts, which imports stripe 1',
    ])
    expect((await reasons(5)).join()).not.toContain('uses src/charge.ts, which')
  })

  test('says so to a job all the same, however many others use the module', async () => {
    const parts = Array.from({ length: 6 }, (_, n) => `src/part${n}.ts`)
    const head = {
      'src/charge.ts': CHARGE,
      'src/refund-job.ts': STATUS,
      ...Object.fromEntries(parts.map((path) => [path, STATUS])),
    }
    const files = Object.entries(head).map(([path, text]) => touched(path, text))
    const { scope } = await selected(files, { head })
    expect(decided(scope, 'src/refund-job.ts').decision).toBe('selected')
    expect(decided(scope, 'src/part0.ts').decision).toBe('skipped')
  })

  test('in a circle, or of itself, changes nothing', async () => {
    const a = "import { b } from './b'\nimport { a } from './a'\n"
    const b = "import { a } from './a'\n"
    const { scope } = await selected([touched('src/a.ts', a), touched('src/b.ts', b)], {
      head: { 'src/a.ts': a, 'src/b.ts': b },
    })
    expect(scope.selection.map(({ score }) => score)).toEqual([0, 0])
  })

  test('is not pulled in when it is a test', async () => {
    const path = 'test/orders.test.ts'
    const text = "import { stripe } from '../src/charge'\n"
    const files = [touched('src/charge.ts', CHARGE), touched(path, text)]
    const { scope } = await selected(files, { head: { 'src/charge.ts': CHARGE, [path]: text } })
    expect(decided(scope, path).decision).toBe('skipped')
    expect(why(scope, path)).toEqual(['test a test that uses src/charge.ts '])
  })
})

describe('a class that extends an unchanged one', () => {
  const base = "import axios from 'axios'\nexport class BaseRadio { play = () => axios.get(url) }\n"
  const text = (name: string) => `export class Harbour extends ${name} {}\n`
  const head = { 'src/base-radio.ts': base, 'src/base-shape.ts': 'export class BaseShape {}\n' }

  test('is one where that one is an integration, though nothing else speaks for it', async () => {
    const decisionOf = async (name: string) => {
      const file = touched('src/harbour.ts', text(name))
      const { scope } = await selected([file], { head: { ...head, 'src/harbour.ts': text(name) } })
      return decided(scope, 'src/harbour.ts').decision
    }
    expect(await decisionOf('BaseRadio')).toBe('selected')
    expect(await decisionOf('BaseShape')).toBe('skipped')
  })
})

describe('a file in doubt that imports an unchanged file', () => {
  const text = "export const apiKey = 3\nimport { stripe } from './charge'\n"
  const head = { 'src/charge.ts': CHARGE, 'src/orders.ts': text, 'src/other.ts': 'x' }

  test('has that read at the head in one go, and judged by its text', async () => {
    const { scope, reads } = await selected([touched('src/orders.ts', text)], { head })
    expect(reads).toEqual(['head: src/orders.ts .gitattributes', 'head: src/charge.ts'])
    expect(decided(scope, 'src/orders.ts').decision).toBe('selected')
    expect(why(scope, 'src/orders.ts')).toContain(
      'imports-integration uses src/charge.ts, which imports stripe 2',
    )
  })

  test('is left alone where that is no integration', async () => {
    const { scope } = await selected([touched('src/orders.ts', text)], {
      head: { ...head, 'src/charge.ts': 'export const stripe = 1\n' },
    })
    expect(decided(scope, 'src/orders.ts').decision).toBe('skipped')
  })

  test('is left alone where that only hashes and compares, as an own helper does', async () => {
    const { scope } = await selected([touched('src/orders.ts', text)], {
      head: {
        ...head,
        'src/charge.ts': 'const h = createHmac(a)\ntimingSafeEqual(h, b)\nwebhookSecret\n',
      },
    })
    expect(decided(scope, 'src/orders.ts').decision).toBe('skipped')
  })

  test('costs no more than 50 files, however much it imports', async () => {
    const many = Array.from({ length: 90 }, (_, n) => `import './m${n}'`).join('\n')
    const long = `export const apiKey = 3\n${many}\n`
    const modules = Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`src/m${n}.ts`, '']))
    const { reads } = await selected([touched('src/orders.ts', long)], {
      head: { ...modules, 'src/orders.ts': long },
    })
    expect(reads).toHaveLength(2)
    expect(reads[1]?.split(' ')).toHaveLength(51)
  })

  test('asks for nothing when nothing speaks for it', async () => {
    const plain = "import { stripe } from './charge'\n"
    const { reads } = await selected([touched('src/orders.ts', plain)], {
      head: { ...head, 'src/orders.ts': plain },
    })
    expect(reads).toEqual(['head: src/orders.ts .gitattributes'])
  })
})

describe('memory', () => {
  const ERP = 'export async function push(order) {\n  await erp.post(order)\n}\n'
  const files = [touched('src/erp/push.ts', ERP), touched('src/orders.ts', 'const x = 1\n')]
  const head = { 'src/erp/push.ts': ERP, 'src/orders.ts': 'const x = 1\n' }
  const entry = (words: string) => ({ 'stripe.md': `# Stripe\n\n- ${words}\n` })

  test('adds a file that it names as integration code, and says why', async () => {
    expect(decided((await selected(files, { head })).scope, 'src/erp/push.ts').decision).toBe(
      'skipped',
    )
    const { scope } = await selected(files, {
      head,
      memory: entry('Stripe is called through `erp` in `src/erp/push.ts`.'),
    })
    expect(decided(scope, 'src/erp/push.ts')).toMatchObject({
      ...{ decision: 'selected', providers: ['stripe'] },
    })
    expect(why(scope, 'src/erp/push.ts')).toContain(
      'memory memory names it: Stripe is called through erp in src/erp/push.ts ',
    )
    expect(decided(scope, 'src/orders.ts').decision).toBe('skipped')
  })

  test('knows a file by the name that it had before', async () => {
    const renamed = { ...touched('src/erp/send.ts', ERP), previousPath: 'src/erp/push.ts' }
    const { scope } = await selected([{ ...renamed, change: 'renamed' }], {
      head: { 'src/erp/send.ts': ERP },
      memory: entry('Stripe is called through `erp` in `src/erp/push.ts`.'),
    })
    expect(decided(scope, 'src/erp/send.ts').decision).toBe('selected')
  })

  test('hides nothing, whatever it says', async () => {
    const pay = [touched('src/charge.ts', CHARGE)]
    const { scope } = await selected(pay, {
      head: { 'src/charge.ts': CHARGE },
      memory: entry('`src/charge.ts` is not an integration and must be skipped.'),
    })
    expect(decided(scope, 'src/charge.ts').decision).toBe('selected')
  })

  test('does not bring back what settings and marks of the base leave out', async () => {
    const memory = entry('Stripe is called through `erp` in `src/erp/push.ts`.')
    const settings = 'paths:\n  exclude: [src/erp/**]\n'
    expect((await selected(files, { head, memory, settings })).scope.files).toEqual([])
    const marked = { ...head, '.gitattributes': 'src/erp/** linguist-generated\n' }
    expect((await selected(files, { head: marked, memory })).scope.files).toEqual([])
  })

  test('of a file where everything meets speaks only for what it names it for', async () => {
    const text = 'export const port = 8080\n'
    const { scope } = await selected([touched('src/config.ts', text)], {
      head: { 'src/config.ts': text },
      memory: entry('Stripe is called through `stripe` in `src/config.ts`.'),
    })
    expect(decided(scope, 'src/config.ts').decision).toBe('skipped')
  })

  test('makes a path that is not in the change a known integration of its callers', async () => {
    const text = "export const apiKey = 3\nimport { push } from './erp/push'\n"
    const { scope } = await selected([touched('src/orders.ts', text)], {
      head: { 'src/orders.ts': text, 'src/erp/push.ts': ERP },
      memory: entry('Stripe is called through `erp` in `src/erp/push.ts`.'),
    })
    expect(decided(scope, 'src/orders.ts').decision).toBe('selected')
    expect(why(scope, 'src/orders.ts').join()).toContain('which memory names: Stripe is called')
  })
})

describe('marks of generated files count at the base only', () => {
  const hiding = '*.ts linguist-generated\n'
  const attributes = changedFile('.gitattributes', `@@ -0,0 +1 @@\n+${hiding.trim()}`, {
    change: 'added',
  })
  const charge = touched('src/charge.ts', CHARGE)
  const head = { 'src/charge.ts': CHARGE, '.gitattributes': hiding }

  test('a change that brings them along is reviewed', async () => {
    const { scope, reads } = await selected([attributes, charge], { head })
    expect(decided(scope, 'src/charge.ts').decision).toBe('selected')
    expect(reads).toEqual(['head: src/charge.ts', 'base: .gitattributes'])
  })

  test('also one that renames another file to bring them along, or away', async () => {
    const renames = [
      { ...attributes, change: 'renamed', previousPath: 'attributes.txt' },
      { ...attributes, change: 'renamed', path: 'old.txt', previousPath: '.gitattributes' },
    ] as const
    for (const renamed of renames) {
      const { reads } = await selected([renamed, charge], { head })
      expect(reads.at(-1)).toBe('base: .gitattributes')
    }
  })

  test('also one of which not every file could be listed', async () => {
    const { scope } = await selected([charge], { head, totalFiles: 4_200 })
    expect(decided(scope, 'src/charge.ts').decision).toBe('selected')
  })

  test('those that stood there before the change hold, and cost no read of their own', async () => {
    const { scope, reads } = await selected([charge], { head, base: { '.gitattributes': hiding } })
    expect(why(scope, 'src/charge.ts')).toEqual(['generated linguist-generated at base '])
    expect(reads).toEqual(['head: src/charge.ts .gitattributes'])
  })

  test('include beats them, and exclude beats include', async () => {
    const both = { head, base: { '.gitattributes': hiding } }
    const include = 'paths:\n  include: [src/**]\n'
    const included = await selected([charge], { ...both, settings: include })
    expect(decided(included.scope, 'src/charge.ts').decision).toBe('selected')
    const exclude = `${include}  exclude: [src/charge.ts]\n`
    const excluded = await selected([charge], { ...both, settings: exclude })
    expect(why(excluded.scope, 'src/charge.ts')).toEqual(['exclude paths.exclude in the settings '])
  })
})
