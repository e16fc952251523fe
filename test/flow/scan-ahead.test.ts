import { beforeEach, describe, expect, test } from 'vitest'
import type { Fact, FactUse } from '#core/facts/fact'
import type { SourceText } from '#core/text/source-text'
import { scanOnce } from '#flow/facts-once'
import type { FileContent, Scan, ScanResult } from '#flow/ports'
import { scanAhead } from '#flow/scan-ahead'
import { changedFile } from '../support/builders.ts'

const PAY = { path: 'src/pay.ts', text: "import { client } from './client'\n" }
const CLIENT = { path: 'src/client.ts', text: 'export const client = new Stripe()\n' }
const MAIL = { path: 'src/mail.ts', text: 'send()\n' }

let runs: { paths: string[]; use: FactUse | undefined }[]
let breaks: boolean
beforeEach(() => {
  runs = []
  breaks = false
})

const fact = (path: string, kind: Fact['kind']): Fact =>
  ({
    ...{ path, kind, language: 'typescript', text: kind, captures: {}, spans: {}, args: [] },
    ...{ line: 1, endLine: 1, start: 0, end: 1, scope: null },
  }) as unknown as Fact

/** Finds in each file a call, which only the inventory reads, and a log call, which only rules read. */
const scanner: Pick<Scan, 'facts'> = {
  async facts(sources, use): Promise<ScanResult> {
    runs.push({ paths: sources.map(({ path }) => path), use })
    if (breaks) throw new Error('the scanner broke')
    return {
      facts: sources.flatMap(({ path }) => [fact(path, 'call'), fact(path, 'log-call')]),
      scanned: sources.map(({ path }) => path).filter((path) => path !== MAIL.path),
      unsupported: [],
      failed: sources.flatMap(({ path }) =>
        path === MAIL.path ? [{ path, because: 'it took too long' }] : [],
      ),
    }
  },
}
const scan = () => scanOnce(scanner as Scan)
const kindsOf = ({ facts }: ScanResult) => facts.map(({ path, kind }) => `${path} ${kind}`)

describe('a file that several look at', () => {
  test('is scanned once, and each gets the facts that it reads', async () => {
    const once = scan()
    const [rules, matrix] = await Promise.all([once.facts([PAY]), once.facts([PAY], 'matrix')])
    expect(kindsOf(rules)).toEqual(['src/pay.ts log-call'])
    expect(kindsOf(matrix)).toEqual(['src/pay.ts call'])
    expect(kindsOf(await once.facts([PAY], 'inventory'))).toEqual(['src/pay.ts call'])
    expect(runs).toEqual([{ paths: ['src/pay.ts'], use: 'review' }])
  })

  test('has its own facts before the change and after it, although one scan reads both', async () => {
    const before = { path: PAY.path, text: 'before' }
    const after = { path: PAY.path, text: 'after' }
    const telling: Pick<Scan, 'facts'> = {
      facts: async (sources) => ({
        facts: sources.map(({ path, text }) => ({ ...fact(path, 'log-call'), text })),
        scanned: sources.map(({ path }) => path),
        unsupported: [],
        failed: [],
      }),
    }
    const once = scanOnce(telling as Scan)
    const both = await once.facts([before, after])
    expect(both.facts.map(({ path, text }) => [path, text])).toEqual([
      [PAY.path, 'before'],
      [PAY.path, 'after'],
    ])
    expect(both.scanned).toEqual([PAY.path, PAY.path])
    expect((await once.facts([after])).facts.map(({ text }) => text)).toEqual(['after'])
  })

  test('is scanned again where its text is another', async () => {
    const once = scan()
    await once.facts([PAY])
    await once.facts([{ ...PAY, text: '' }, PAY])
    expect(runs.map(({ paths }) => paths)).toEqual([['src/pay.ts'], ['src/pay.ts']])
  })

  test('is named where it could not be scanned, and only to whoever asked for it', async () => {
    const once = scan()
    await once.facts([PAY, MAIL])
    expect((await once.facts([MAIL])).failed).toEqual([
      { path: 'src/mail.ts', because: 'it took too long' },
    ])
    const { failed, scanned } = await once.facts([PAY])
    expect([failed, scanned]).toEqual([[], ['src/pay.ts']])
  })

  test('is scanned again after the scanner broke', async () => {
    const once = scan()
    breaks = true
    await expect(once.facts([PAY])).rejects.toThrow('the scanner broke')
    breaks = false
    expect(kindsOf(await once.facts([PAY]))).toEqual(['src/pay.ts log-call'])
  })

  test('is one of many for the inventory alone: those are scanned for what it reads', async () => {
    const once = scan()
    await once.facts([CLIENT, MAIL], 'inventory')
    expect(runs.map(({ use }) => use)).toEqual(['inventory'])
  })
})

describe('the first run of a review', () => {
  const repository: readonly SourceText[] = [PAY, CLIENT, MAIL]
  const contents = {
    read: async (paths: readonly string[], at: string) =>
      new Map(
        paths.map((path): [string, FileContent] => {
          const text = repository.find((one) => one.path === path)?.text
          if (text === undefined) return [path, { kind: 'missing' }]
          return [path, { kind: 'text', text: at === 'base' ? `// before\n${text}` : text }]
        }),
      ),
    list: async () => ({ paths: repository.map(({ path }) => path), complete: true }),
  }
  const scope = { files: [changedFile('src/pay.ts', '@@ -1 +1 @@\n+x')], head: [PAY] }

  test('takes along what stood there before, and what the change imports by its words', async () => {
    const ahead = scanAhead(scan(), contents, scope)
    await ahead.facts([PAY])
    await ahead.facts([CLIENT], 'matrix')
    expect(runs.map(({ paths }) => paths)).toEqual([
      ['src/pay.ts', expect.stringMatching(/.src\/pay\.ts$/), 'src/client.ts'],
    ])
  })

  test('is no loss where it fails: who needs a file scans it', async () => {
    const unlisted = { ...contents, list: () => Promise.reject(new Error('no listing')) }
    const ahead = scanAhead(scan(), unlisted, scope)
    expect(kindsOf(await ahead.facts([PAY]))).toEqual(['src/pay.ts log-call'])
  })
})
