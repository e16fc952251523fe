import { randomUUID } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import { readYaml as readWithAliases } from '#core/facts/fact-pack'
import { readYaml } from '#core/text/read-yaml'
import type { SourceText } from '#core/text/source-text'
import { keyOf, PARSED_FILE, ParsedFile, parserName } from '#wiring/parsed-yaml'

const HOME = fileURLToPath(new URL('..', import.meta.url))

/** The YAML files that the product reads at a start. */
export function shippedYaml(): readonly SourceText[] {
  return globSync('{providers,rules,facts}/**/*.yml', { cwd: HOME }).map((path) => ({
    path,
    text: readFileSync(join(HOME, path), 'utf8'),
  }))
}

/**
 * Parses the YAML files of the product once for all starts, each as its loader would. One that is
 * not valid, or says what JSON cannot, is left out: it is parsed, and complained about, at a start.
 */
export function writeParsedKnowledge(): void {
  const known = knownValues()
  const entries = shippedYaml().map(({ path, text }) => {
    const key = keyOf(text)
    return [key, known[key] ?? valueIn(path, text)] as const
  })
  const values = Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  if (isDeepStrictEqual(Object.keys(known).sort(), Object.keys(values).sort())) return
  mkdirSync(dirname(PARSED_FILE), { recursive: true })
  const draft = `${PARSED_FILE}-${randomUUID()}`
  writeFileSync(draft, JSON.stringify({ parser: parserName(), values } satisfies ParsedFile))
  renameSync(draft, PARSED_FILE)
}

/** What stands in the file already. */
function knownValues(): ParsedFile['values'] {
  if (!existsSync(PARSED_FILE)) return {}
  const { parser, values } = ParsedFile.parse(JSON.parse(readFileSync(PARSED_FILE, 'utf8')))
  return parser === parserName() ? values : {}
}

function valueIn(path: string, text: string): unknown {
  const value = path.startsWith('providers') ? packValue(text) : ruleValue(path, text)
  return isDeepStrictEqual(JSON.parse(JSON.stringify(value ?? null)), value) ? value : undefined
}

function packValue(text: string): unknown {
  const read = readYaml(text, '')
  return read.ok ? read.value.value : undefined
}

function ruleValue(path: string, text: string): unknown {
  const read = readWithAliases({ path, text }, z.unknown())
  return read.ok ? read.value : undefined
}
