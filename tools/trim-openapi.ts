// Cuts GitHub's OpenAPI description down to the operations that the GitHub stand-in of the tests serves.
//
//   npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz
//   node tools/trim-openapi.ts package test/world/github/api
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { SERVED_OPERATIONS } from '../test/world/github/served-operations.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type JsonObject = { [key: string]: Json }

/** Keys that explain a schema to people and change nothing about what it accepts. */
const PROSE = new Set([
  'description',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'tags',
  'title',
  'deprecated',
  'links',
  'headers',
])

const OpenApi = z.object({
  openapi: z.string(),
  info: z.object({ version: z.string(), title: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.json())),
  components: z.record(z.string(), z.record(z.string(), z.json())),
})
type OpenApi = z.infer<typeof OpenApi>

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Follows references to parameters, responses and the like; references to schemas stay. */
function inline(value: Json, document: OpenApi): Json {
  if (Array.isArray(value)) return value.map((item) => inline(item, document))
  if (!isObject(value)) return value
  const ref = value['$ref']
  if (typeof ref === 'string' && !ref.startsWith('#/components/schemas/')) {
    const [, , section = '', name = ''] = ref.split('/')
    return inline(document.components[section]?.[name] ?? null, document)
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, inline(item, document)]),
  )
}

/** Removes prose; the keys of `properties` are field names, so they all stay. */
function withoutProse(value: Json, keysAreNames = false): Json {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item))
  if (!isObject(value)) return value
  const kept = Object.entries(value).filter(
    ([key]) => keysAreNames || !(PROSE.has(key) || key.startsWith('x-')),
  )
  return Object.fromEntries(
    kept.map(([key, item]) => [key, withoutProse(item, !keysAreNames && key === 'properties')]),
  )
}

/** Keeps JSON bodies only: other media types are not described by a schema worth checking. */
function jsonOnly(holder: Json | undefined): void {
  if (!isObject(holder)) return
  const content = holder['content']
  if (!isObject(content)) return
  const json = content['application/json']
  if (json === undefined) delete holder['content']
  else holder['content'] = { 'application/json': json }
}

/**
 * The list of installations describes an account as a user and an enterprise at once (`allOf`), where the single
 * installation says either (`anyOf`); GitHub sends either.
 */
function mendAccount(value: Json): Json {
  if (Array.isArray(value)) return value.map(mendAccount)
  if (!isObject(value)) return value
  const mended = Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mendAccount(item)]),
  )
  const account = mended['account']
  if (isObject(account) && Array.isArray(account['allOf'])) {
    const { allOf, ...rest } = account
    mended['account'] = { ...rest, anyOf: allOf ?? [] }
  }
  return mended
}

function trimOperation(operation: Json, document: OpenApi): JsonObject {
  const trimmed = mendAccount(withoutProse(inline(operation, document)))
  if (!isObject(trimmed)) throw new Error('An operation of the description is not an object')
  jsonOnly(trimmed['requestBody'])
  const responses = trimmed['responses']
  if (isObject(responses)) for (const response of Object.values(responses)) jsonOnly(response)
  return trimmed
}

function schemaNames(value: Json, found: Set<string>): Set<string> {
  if (Array.isArray(value)) for (const item of value) schemaNames(item, found)
  else if (isObject(value)) {
    const ref = value['$ref']
    if (typeof ref === 'string') found.add(ref.replace('#/components/schemas/', ''))
    for (const item of Object.values(value)) schemaNames(item, found)
  }
  return found
}

function collectSchemas(roots: Json, document: OpenApi): JsonObject {
  const schemas: JsonObject = {}
  const waiting = [...schemaNames(roots, new Set())]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (schemas[name] !== undefined) continue
    const schema = withoutProse(document.components['schemas']?.[name] ?? null)
    schemas[name] = schema
    waiting.push(...schemaNames(schema, new Set()))
  }
  return Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => a.localeCompare(b)))
}

function collectPaths(document: OpenApi): JsonObject {
  const paths: JsonObject = {}
  for (const route of SERVED_OPERATIONS) {
    const [method = '', path = ''] = route.split(' ')
    const operation = document.paths[path]?.[method.toLowerCase()]
    if (operation === undefined) throw new Error(`GitHub's description has no "${route}"`)
    const entry = paths[path]
    const operations = isObject(entry) ? entry : {}
    operations[method.toLowerCase()] = trimOperation(operation, document)
    paths[path] = operations
  }
  return paths
}

/** One line per operation path and per schema, so that an update can be read in a diff. */
function print(document: OpenApi, paths: JsonObject, schemas: JsonObject): string {
  const lines = (entries: JsonObject): string =>
    Object.entries(entries)
      .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
      .join(',\n')
  const head = `"openapi":${JSON.stringify(document.openapi)},"info":${JSON.stringify(document.info)}`
  return `{${head},\n"paths":{\n${lines(paths)}\n},\n"components":{"schemas":{\n${lines(schemas)}\n}}}\n`
}

const [source, target] = process.argv.slice(2)
if (source === undefined || target === undefined) {
  console.error('Usage: node tools/trim-openapi.ts <unpacked @octokit/openapi> <target folder>')
  process.exit(2)
}
const raw: unknown = JSON.parse(readFileSync(join(source, 'generated/api.github.com.json'), 'utf8'))
const full = OpenApi.parse(raw)
const paths = collectPaths(full)
const text = print(full, paths, collectSchemas(paths, full))
writeFileSync(join(target, 'openapi.json'), text)
writeFileSync(join(target, 'LICENSE'), readFileSync(join(source, 'LICENSE')))
console.log(`${Math.round(text.length / 1024)} KB, ${SERVED_OPERATIONS.length} operations`)
