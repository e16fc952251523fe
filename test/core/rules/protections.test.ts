import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { codeOf } from '#core/rules/code'
import { runRules } from '#core/rules/run-rules'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import { createScan } from '#scan/create-scan'
import { loadKnowledge } from '#wiring/load-knowledge'

const Protected = z.array(
  z.strictObject({
    name: z.string(),
    path: z.string(),
    code: z.string(),
    changes: z
      .array(z.strictObject({ from: z.string(), to: z.string(), finds: z.string() }))
      .min(1),
  }),
)

const all = ['handlers', 'calls'].flatMap((name) =>
  Protected.parse(
    parse(readFileSync(fileURLToPath(new URL(`protected/${name}.yml`, import.meta.url)), 'utf8')),
  ),
)
const { knowledge, matchers } = await loadKnowledge('2026-11-27')

/** The code as it stands, and once for each protection that is taken away. */
const versions = all.flatMap(({ name, path, code, changes }, index) => [
  { name, title: 'with all of it', path: `case-${index}/whole/${path}`, code, finds: [] },
  ...changes.map(({ from, to, finds }, change) => ({
    name,
    title: `without one: ${finds}`,
    path: `case-${index}/${change}/${path}`,
    code: without(code, from, to),
    finds: [finds],
  })),
])

function without(code: string, from: string, to: string): string {
  if (code.split(from).length !== 2) throw new Error(`not once in the code: ${from}`)
  return code.replace(from, () => to)
}

const found = new Map<string, readonly string[]>()

beforeAll(async () => {
  const sources = versions.map(({ path, code }) => ({ path, text: code }))
  const { facts, failed } = await createScan({ matchers }).facts(sources)
  expect(failed).toEqual([])
  const code = codeOf(sources, facts)
  const input = { ...knowledge, code, secrets: new Map(), settings: DEFAULT_SETTINGS }
  for (const { path } of versions)
    found.set(
      path,
      runRules(input, [path]).map(({ claim }) => claim.rule ?? ''),
    )
}, 60_000)

test('at least twenty-five calls and handlers are protected in every way', () => {
  expect(all.length).toBeGreaterThanOrEqual(25)
})

describe.each(versions)('$name', ({ title, path, finds }) => {
  test(title, () => {
    expect(found.get(path)).toEqual(finds)
  })
})
