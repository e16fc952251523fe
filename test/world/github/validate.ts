import { readFileSync } from 'node:fs'
import { OpenAPIValidator } from 'openapi-backend'
import { z } from 'zod'
import type { ServedRoute } from './served-operations.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Schema = { [key: string]: Json }
type ValidatorOptions = ConstructorParameters<typeof OpenAPIValidator>[0]
type Definition = ValidatorOptions['definition']
type Ajv = ReturnType<NonNullable<ValidatorOptions['customizeAjv']>>

const Description = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.json()))),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.json())) }),
})

/** A request in the form the description speaks of: path parameters apart from the path. */
type DescribedRequest = {
  route: ServedRoute
  params: Record<string, string>
  query: Record<string, string>
  body: unknown
}

/** Checks requests and answers against GitHub's published OpenAPI description. */
export type Validator = {
  /** What is wrong with a request; GitHub would refuse it. */
  request: (request: DescribedRequest) => string[]
  /** Fields and query parameters that GitHub does not know; GitHub ignores them, a good client sends none. */
  unknownFields: (request: DescribedRequest) => string[]
  /** What is wrong with an answer of ours. */
  response: (route: ServedRoute, status: number, body: unknown) => string[]
}

const COMPONENTS = 'github'

/**
 * Makes references absolute, so that all checks share the compiled schemas, and adds null to the values of
 * nullable enumerations: the description leaves it out and GitHub sends it.
 */
function prepared(value: Json): Json {
  if (Array.isArray(value)) return value.map(prepared)
  if (typeof value !== 'object' || value === null) return value
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === '$ref' && typeof item === 'string' ? `${COMPONENTS}${item}` : prepared(item),
    ]),
  )
  const values = copy['enum']
  if (copy['nullable'] === true && Array.isArray(values)) copy['enum'] = [...values, null]
  return copy['nullable'] === true && copy['type'] === undefined ? nullOr(copy) : copy
}

/** The checker takes `nullable` beside a `type` only, and some unions have none. */
function nullOr({ nullable: _nullable, ...schema }: Schema): Schema {
  return { anyOf: [{ type: 'null' }, schema] }
}

function isSchema(value: Json | undefined): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The schemas that may describe a value: a union counts as all its members. */
function alternatives(schema: Json | undefined, schemas: Record<string, Schema>): Schema[] {
  if (!isSchema(schema)) return []
  const ref = schema['$ref']
  if (typeof ref === 'string') {
    return alternatives(schemas[ref.slice(ref.lastIndexOf('/') + 1)], schemas)
  }
  const nested = ['oneOf', 'anyOf', 'allOf'].flatMap((key) => {
    const members = schema[key]
    return Array.isArray(members) ? members.flatMap((each) => alternatives(each, schemas)) : []
  })
  return [schema, ...nested]
}

function unknownIn(
  value: unknown,
  schema: Json | undefined,
  at: string,
  schemas: Record<string, Schema>,
): string[] {
  const options = alternatives(schema, schemas)
  if (Array.isArray(value)) {
    const items = options.find((each) => each['items'] !== undefined)?.['items']
    return value.flatMap((each, index) => unknownIn(each, items, `${at}/${index}`, schemas))
  }
  if (typeof value !== 'object' || value === null) return []
  const described = options.filter((each) => isSchema(each['properties']))
  const isOpen = options.some((each) => isSchema(each['additionalProperties']))
  if (described.length === 0 || isOpen) return []
  return Object.entries(value).flatMap(([key, item]) => {
    const owner = described.find(
      (each) => isSchema(each['properties']) && key in each['properties'],
    )
    const properties = owner?.['properties']
    if (!isSchema(properties)) return [`${at}/${key}`]
    return unknownIn(item, properties[key], `${at}/${key}`, schemas)
  })
}

const FORMATS = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  uri: /^[a-z][a-z0-9+.-]*:\S*$/i,
}

type AjvError = { instancePath: string; message?: string | undefined }

function sentences(errors: AjvError[] | null | undefined): string[] {
  return (errors ?? []).map((each) => `${each.instancePath} ${each.message ?? ''}`.trim())
}

function bodySchema(operation: Record<string, Json> | undefined): Json | undefined {
  const schema = z
    .object({ content: z.object({ 'application/json': z.object({ schema: z.json() }) }) })
    .safeParse(operation?.['requestBody'])
  return schema.success ? schema.data.content['application/json'].schema : undefined
}

const Parameters = z.array(z.object({ name: z.string(), in: z.string() }))

function build(): Validator {
  const file = new URL('./api/openapi.json', import.meta.url)
  const raw: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const description = Description.parse(raw)
  const { schemas } = description.components
  // The description forgets what its schema `review-comment` knows: an outdated comment has no
  // place in the diff, and GitHub sends null.
  const comment = schemas['pull-request-review-comment']?.['properties']
  if (isSchema(comment)) {
    comment['position'] = { type: 'integer', nullable: true }
    comment['line'] = { type: 'integer', nullable: true }
  }
  const whole = Description.extend({ openapi: z.string() }).parse(raw)
  const definition = prepared({ ...whole, components: description.components })
  let sharedAjv: Ajv | null = null
  const validator = new OpenAPIValidator({
    // The file is GitHub's own OpenAPI document; its shape was checked just above.
    definition: definition as unknown as Definition,
    lazyCompileValidators: true,
    coerceTypes: true,
    ajvOpts: { strict: false, logger: false, formats: FORMATS },
    customizeAjv: (ajv, _options, context) => {
      if (context !== 'responseValidator') return ajv.addSchema(definition as Schema, COMPONENTS)
      sharedAjv ??= ajv.addSchema(definition as Schema, COMPONENTS)
      return sharedAjv
    },
  })
  const operationOf = (route: ServedRoute): Record<string, Json> | undefined => {
    const [method = '', path = ''] = route.split(' ')
    return description.paths[path]?.[method.toLowerCase()]
  }
  const knownQueries = (route: ServedRoute): Set<string> => {
    const parameters = Parameters.catch([]).parse(operationOf(route)?.['parameters'])
    return new Set(parameters.filter((each) => each.in === 'query').map((each) => each.name))
  }
  const idOf = (route: ServedRoute): string => String(operationOf(route)?.['operationId'])
  return {
    request: ({ route, params, query, body }) => {
      const [method = '', template = ''] = route.split(' ')
      const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        // The root folder has an empty path, which the router would not match.
        encodeURIComponent(params[name] || '/'),
      )
      const headers = body === undefined ? {} : { 'content-type': 'application/json' }
      const known = knownQueries(route)
      // Unknown parameters are not refused by GitHub; `unknownFields` names them.
      const kept = Object.entries(query).filter(([name]) => known.has(name))
      const request = { method, path, query: Object.fromEntries(kept), headers, body }
      return sentences(validator.validateRequest(request, idOf(route)).errors)
    },
    unknownFields: ({ route, query, body }) => {
      const known = knownQueries(route)
      const queries = Object.keys(query).filter((name) => !known.has(name))
      const fields = unknownIn(body, bodySchema(operationOf(route)), '', schemas)
      return [...queries.map((name) => `?${name}`), ...fields]
    },
    response: (route, status, body) => {
      const responses = z.record(z.string(), z.unknown()).parse(operationOf(route)?.['responses'])
      if (responses[String(status)] === undefined) {
        // GitHub answers with more errors than the description lists, but successes are all listed.
        return status < 400 && status !== 304 ? [`status ${status} is not described`] : []
      }
      return sentences(validator.validateResponse(body, idOf(route), status).errors)
    },
  }
}

let shared: Validator | null = null

/** The validator of this process; reading the description takes a moment, so there is one. */
export function gitHubValidator(): Validator {
  shared ??= build()
  return shared
}
