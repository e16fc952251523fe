import * as z from 'zod'
import type { Complaint, Read } from '#core/problem'
import type { Pack, PackPath, PackProblem, PackSource } from '#core/providers/pack'
import { packProblems } from '#core/providers/pack-problems'
import {
  Category,
  Ecosystem,
  FACT_VALUES,
  HeaderName,
  ImportLanguage,
  type ProviderFacts,
  SDK_FACT_VALUES,
  type Sourced,
} from '#core/providers/provider'
import { isSharedHost } from '#core/providers/shared-hosts'
import { knownYaml, readYaml, type YamlText, yamlComplaints } from '#core/text/read-yaml'

const day = z.iso.date('must be a day such as 2026-11-22')
const list = (item: z.ZodString) => z.array(item.min(1).max(200)).max(200).default([])

const Source = z.strictObject({
  url: z.url({ protocol: /^https$/, hostname: z.regexes.domain, error: 'must be an https URL' }),
  checked: day,
  expires: day,
})

/** In a file a fact names a key of the `sources` table; the page, not the fact, carries the dates. */
const written = (value: z.ZodType) =>
  z.strictObject({
    value,
    source: z.string('a fact needs a source: a key of the sources table').min(1),
  })

const section = (values: Readonly<Record<string, z.ZodType>>) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, written(value).optional()]),
    ),
  )

const sections = Object.fromEntries(
  Object.entries(FACT_VALUES).map(([name, values]) => [name, section(values).optional()]),
)

const sdkKey = z
  .string()
  .regex(/^(npm|pypi|maven|go|rubygems|composer|nuget|cargo):\S+$/, 'must be ecosystem:package')

const WrittenFacts = z.strictObject({
  ...sections,
  sdkDefaults: z.record(sdkKey, section(SDK_FACT_VALUES)).optional(),
})

const ProviderFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'must be lower case words joined by -'),
  names: z.array(z.string().min(1).max(60)).min(1).max(10),
  category: Category,
  packages: z.partialRecord(Ecosystem, list(z.string())).default({}),
  imports: z.partialRecord(ImportLanguage, list(z.string())).default({}),
  hosts: list(
    z
      .string()
      .regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a host name, or *. and a host name')
      .refine((host) => !isSharedHost(host), {
        error: ({ input }) =>
          `under ${String(input).replace('*.', '')} lie hosts of many owners; name the provider's own`,
      }),
  ),
  env: list(
    z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*(_\*)?$/, 'must be an upper case name, or one that ends in _*'),
  ),
  headers: list(HeaderName),
  sources: z.record(z.string(), Source).default({}),
  facts: WrittenFacts.default({}),
})

/**
 * Reads one provider pack. Refuses unknown keys, wrong types, facts without a source, sources that
 * nobody uses and days that are out of order; every complaint carries the line it is about.
 *
 * @param known what the text means, where somebody parsed it before
 */
export function parseProvider(text: string, file: string, known?: unknown): Read<Pack> {
  const yaml = known === undefined ? readYaml(text, file) : knownYaml(text, file, known)
  if (!yaml.ok) return yaml
  const parsed = ProviderFile.safeParse(yaml.value.value)
  if (!parsed.success) {
    return { ok: false, complaints: yamlComplaints(parsed.error, yaml.value, file) }
  }
  const { sources, facts, ...identity } = parsed.data
  const resolved = resolveFacts(facts, sources)
  const provider = { ...identity, facts: resolved.facts }
  const problems = [
    ...sourceProblems(sources, resolved.used),
    ...resolved.problems,
    ...packProblems(provider),
  ]
  const lineOf = (path: PackPath) => lineIn(yaml.value, path)
  if (problems.length === 0) return { ok: true, value: { provider, file, sources, lineOf } }
  return { ok: false, complaints: problems.map((one) => complaintOf(one, file, lineOf)) }
}

type WrittenFact = { readonly value: unknown; readonly source: string }

/** Replaces every source key by the page and its dates. The tree has the same shape as written. */
function resolveFacts(
  tree: object,
  sources: Readonly<Record<string, PackSource>>,
): { facts: ProviderFacts; used: ReadonlySet<string>; problems: readonly PackProblem[] } {
  const used = new Set<string>()
  const problems: PackProblem[] = []
  const resolve = (node: object, path: readonly string[]): object => {
    if (isWrittenFact(node)) {
      const source = sources[node.source]
      if (source) {
        used.add(node.source)
        const { url, checked, expires } = source
        return { value: node.value, source: url, checked, expires } satisfies Sourced<unknown>
      }
      problems.push({ path, reason: `"${node.source}" is not in the sources table` })
      return node
    }
    return Object.fromEntries(
      Object.entries(node).map(([key, child]) => [key, resolve(child, [...path, key])]),
    )
  }
  // The schema above has checked the very shape that ProviderFacts names, value by value.
  const facts = resolve(tree, ['facts']) as ProviderFacts
  return { facts, used, problems }
}

const isWrittenFact = (node: object): node is WrittenFact =>
  'value' in node && 'source' in node && typeof node.source === 'string'

function sourceProblems(
  sources: Readonly<Record<string, PackSource>>,
  used: ReadonlySet<string>,
): readonly PackProblem[] {
  return Object.entries(sources).flatMap(([key, { checked, expires }]) => {
    const path = ['sources', key]
    const unused = used.has(key) ? [] : [{ path, reason: 'no fact uses this source' }]
    return expires > checked
      ? unused
      : [...unused, { path: [...path, 'expires'], reason: `must be later than ${checked}` }]
  })
}

function complaintOf(
  { path, reason }: PackProblem,
  file: string,
  lineOf: Pack['lineOf'],
): Complaint {
  return { file, line: lineOf(path), reason: `${path.join('.')}: ${reason}` }
}

function lineIn(yaml: YamlText, path: PackPath): number {
  const last = path.at(-1)
  return typeof last === 'string' ? yaml.lineOfKey(path.slice(0, -1), last) : yaml.lineOf(path)
}
