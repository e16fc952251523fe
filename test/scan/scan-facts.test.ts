import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { matchersOf } from '#core/facts/fact-pack'
import { astGrepBinary } from '#scan/ast-grep-binary'
import { createScan } from '#scan/create-scan'

const matchers = [
  ...matchersOf('outbound-call', {
    languages: ['typescript', 'python'],
    rules: [
      {
        id: 'call',
        set: { via: 'http' },
        rule: { pattern: '$CALLEE($$$ARGS)' },
        constraints: { CALLEE: { regex: '^(fetch|post)$' } },
      },
    ],
  }),
  ...matchersOf('function', {
    languages: ['typescript'],
    rules: [
      {
        id: 'named',
        set: { form: 'function' },
        rule: { kind: 'function_declaration', has: { field: 'name', pattern: '$NAME' } },
      },
    ],
  }),
]
/** It looks at everything below each call. */
const thorough = matchersOf('jwt', {
  languages: ['typescript'],
  rules: [
    {
      id: 'call',
      set: {},
      rule: { kind: 'call_expression', has: { kind: 'number', stopBy: 'end' } },
    },
  ],
})
const scan = createScan({ matchers })
const GOOD = { path: 'src/good.ts', text: 'fetch(url)\n' }
/** A chain that makes the parser's work grow with the square of its length. */
const ENDLESS = { path: 'src/endless.ts', text: `a${'.b()'.repeat(25_000)}` }

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tech-lead-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A program in ast-grep's place that does something when it is given one of several files. */
async function program(name: string, when: string): Promise<string> {
  const file = join(folder, name)
  const loop = `for one in "$@"; do case "$one" in */1.ts) ${when};; esac; done`
  await writeFile(file, `#!/bin/sh\n${loop}\nexec "${astGrepBinary()}" "$@"\n`)
  await chmod(file, 0o755)
  return file
}

describe('what a fact carries', () => {
  test('its place, captures, arguments and enclosing function', async () => {
    const text = 'function push(order) {\n  return fetch(url, /* why */ { a: 1 })\n}\n'
    const { facts } = await scan.facts([{ path: 'src/push.ts', text }])
    const call = facts.find((fact) => fact.kind === 'outbound-call')
    expect(call).toMatchObject({
      path: 'src/push.ts',
      language: 'typescript',
      line: 2,
      endLine: 2,
      text: 'fetch(url, /* why */ { a: 1 })',
      scope: { name: 'push', startLine: 1, endLine: 3 },
      captures: { callee: 'fetch', via: 'http' },
      args: ['url', '{ a: 1 }'],
    })
  })

  test('offsets that count like strings do, whatever stands before', async () => {
    const text = "const a = 'é😀'; fetch('ü')\n"
    const { facts } = await scan.facts([{ path: 'a.ts', text }])
    expect(facts.map((fact) => text.slice(fact.start, fact.end))).toEqual(["fetch('ü')"])
    expect(facts[0]?.text).toBe("fetch('ü')")
  })

  test('a comment in a file cannot silence a match', async () => {
    const text = '// ast-grep-ignore\nfetch(url)\n'
    const { facts } = await scan.facts([{ path: 'a.ts', text }])
    expect(facts.length).toBe(1)
  })
})

describe('files that make trouble', () => {
  test('a file that stalls the parser is named, and the others keep their facts', async () => {
    const small = createScan({ matchers: [...matchers, ...thorough], limits: { cpuSeconds: 0 } })
    const sources = [GOOD, ENDLESS, { ...GOOD, path: 'src/other.py', text: 'post(url)' }]
    const result = await small.facts(sources)
    expect(result.failed).toEqual([{ path: 'src/endless.ts', because: 'it took too long' }])
    expect(result.scanned.toSorted()).toEqual(['src/good.ts', 'src/other.py'])
    expect(result.facts.map((fact) => fact.path).toSorted()).toEqual([
      'src/good.ts',
      'src/other.py',
    ])
  }, 30_000)

  test.each([
    ['crashes', 'kill -SEGV $$', 'the parser crashed on it'],
    ['hangs without using the processor', 'exec sleep 60', 'it took too long'],
    ['floods its output', 'yes | head -c 3000000', 'it has too many matches'],
  ])(
    'a file on which the program %s is named',
    async (name, when, because) => {
      const limits = { wallMs: 1_500, outputBytes: 1_000_000 }
      const troubled = createScan({ matchers, limits, program: await program(`${name}.sh`, when) })
      const result = await troubled.facts([
        GOOD,
        { ...GOOD, path: 'src/bad.ts' },
        { ...GOOD, path: 'c.ts' },
      ])
      expect(result.failed).toEqual([{ path: 'src/bad.ts', because }])
      expect(result.scanned).toEqual(['src/good.ts', 'c.ts'])
    },
    30_000,
  )

  test('a file beyond the size limit is named and not read', async () => {
    const result = await scan.facts([{ path: 'big.ts', text: 'x'.repeat(600_000) }, GOOD])
    expect(result.failed).toEqual([{ path: 'big.ts', because: 'it is larger than 500000 bytes' }])
    expect(result.scanned).toEqual(['src/good.ts'])
  })

  test('one line of 400,000 characters is read like any other', async () => {
    const text = `const a = "${'x'.repeat(400_000)}"; fetch(url)`
    const result = await scan.facts([{ path: 'long.ts', text }])
    expect(result.facts.map((fact) => fact.text)).toEqual(['fetch(url)'])
  })

  test('half a character, a zero byte and an empty file do no harm', async () => {
    const texts = ['const a = "\uD800"; fetch(url)', '\0fetch(url)', '']
    const result = await scan.facts(texts.map((text, index) => ({ path: `${index}.ts`, text })))
    expect(result.failed).toEqual([])
    expect(result.scanned.length).toBe(3)
  })

  test('a path is never used as a file name', async () => {
    const path = '../../../../tmp/evil$(touch x).ts'
    const result = await scan.facts([{ path, text: 'fetch(url)' }])
    expect(result.facts.map((fact) => fact.path)).toEqual([path])
  })

  test('a language without facts is unsupported, not failed', async () => {
    const result = await scan.facts([{ path: 'main.go', text: 'package main' }])
    expect(result.unsupported).toEqual([{ path: 'main.go', because: 'no rules for Go' }])
    expect(result.failed).toEqual([])
  })
})

test('nothing is left in the temporary folder, not even after a failure', async () => {
  const names = async () =>
    (await readdir(tmpdir())).filter((name) => name.startsWith('tech-lead-scan-'))
  // Other tests scan at the same time: this one has a temporary folder of its own.
  vi.stubEnv('TMPDIR', await mkdtemp(join(folder, 'own-')))
  const broken = createScan({ matchers, program: await program('broken.sh', 'exit 3') })
  await expect(broken.facts([GOOD, { ...GOOD, path: 'b.ts' }])).rejects.toThrow('exit 3')
  await scan.facts([GOOD])
  expect(await names()).toEqual([])
  vi.unstubAllEnvs()
})

test('the program gets an empty environment', async () => {
  const file = join(folder, 'environment.sh')
  const seen = join(folder, 'seen')
  await writeFile(file, `#!/bin/sh\nexport -p > ${seen}\nexec "${astGrepBinary()}" "$@"\n`)
  await chmod(file, 0o755)
  process.env['TECH_LEAD_TEST_SECRET'] = 'do-not-hand-on'
  await createScan({ matchers, program: file }).facts([GOOD])
  delete process.env['TECH_LEAD_TEST_SECRET']
  const { readFile } = await import('node:fs/promises')
  expect(await readFile(seen, 'utf8')).not.toContain('do-not-hand-on')
})
