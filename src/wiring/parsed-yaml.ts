import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'

/**
 * Where a build keeps what the YAML files of this installation mean: parsing them is most of what
 * a start does. `src` and `dist` both lie right below the package's own folder.
 */
export const PARSED_FILE = fileURLToPath(new URL('../../dist/parsed.json', import.meta.url))

/** Values by the hash of the text they stand for; those of another parser count for nothing. */
export const ParsedFile = z.object({
  parser: z.string(),
  values: z.record(z.string(), z.unknown()),
})
export type ParsedFile = z.infer<typeof ParsedFile>

/** The parser of this installation by name and version. */
export function parserName(): string {
  const own: unknown = createRequire(import.meta.url)('yaml/package.json')
  const { name, version } = z.object({ name: z.string(), version: z.string() }).parse(own)
  return `${name} ${version}`
}

/** A text that was edited has another key, and so no value. */
export const keyOf = (text: string): string => hash('sha256', text)

/** What a build found a text to mean; undefined for one that it did not read. */
export type ParsedYaml = (text: string) => unknown

/** What the build of this installation has parsed; nothing where it was not built. */
export async function readParsedYaml(file: string = PARSED_FILE): Promise<ParsedYaml> {
  const values = await valuesOf(file)
  return (text) => values.get(keyOf(text))
}

async function valuesOf(file: string): Promise<ReadonlyMap<string, unknown>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return new Map()
  const { parser, values } = ParsedFile.parse(JSON.parse(text))
  return parser === parserName() ? new Map(Object.entries(values)) : new Map()
}
