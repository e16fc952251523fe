import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { readYaml } from '#core/facts/fact-pack'
import { parseProvider } from '#core/providers/parse-provider'
import { keyOf, PARSED_FILE, parserName, readParsedYaml } from '#wiring/parsed-yaml'
import { shippedYaml } from '../../tools/parse-knowledge.ts'

const folder = mkdtempSync(join(tmpdir(), 'tech-lead-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function fileOf(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(content))
  return path
}

test('what was parsed beforehand of every shipped file is what the file says', async () => {
  const parsed = await readParsedYaml()
  const files = shippedYaml()
  expect(files.length).toBeGreaterThan(500)
  const wrong = files.filter(({ text }) => {
    const value = parsed(text)
    return value === undefined || JSON.stringify(value) !== JSON.stringify(parse(text))
  })
  expect(wrong.map(({ path }) => path)).toEqual([])
})

test('nothing is kept of what is not shipped any more', () => {
  const { values } = z
    .object({ values: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(readFileSync(PARSED_FILE, 'utf8')))
  const keys = new Set(shippedYaml().map(({ text }) => keyOf(text)))
  expect(Object.keys(values).filter((key) => !keys.has(key))).toEqual([])
})

test('a text that was edited since is not known', async () => {
  const values = { [keyOf('a: 1\n')]: { a: 1 } }
  const parsed = await readParsedYaml(fileOf('edited.json', { parser: parserName(), values }))
  expect([parsed('a: 1\n'), parsed('a: 2\n')]).toEqual([{ a: 1 }, undefined])
})

test('values of another parser count for nothing', async () => {
  const values = { [keyOf('a: 1\n')]: { a: 1 } }
  const parsed = await readParsedYaml(fileOf('older.json', { parser: 'yaml 1.10.2', values }))
  expect(parsed('a: 1\n')).toBeUndefined()
})

test('where nothing was built, nothing is known', async () => {
  const parsed = await readParsedYaml(join(folder, 'missing.json'))
  expect(parsed('a: 1\n')).toBeUndefined()
})

test('a mistake in a text that was parsed before is told with its line', () => {
  const text = 'id: acme\nnames: [Acme]\ncategory: nonsense\n'
  expect(parseProvider(text, 'acme.yml', parse(text))).toEqual(parseProvider(text, 'acme.yml'))
  const schema = z.strictObject({ a: z.strictObject({ b: z.string() }) })
  const source = { path: 'a.yml', text: 'a:\n  b: 1\n' }
  const read = readYaml({ ...source, parsed: { a: { b: 1 } } }, schema)
  expect(read).toEqual(readYaml(source, schema))
  expect(read).toMatchObject({ ok: false, complaints: [{ file: 'a.yml', line: 2 }] })
})
