import type { Fact } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import type { Request } from '#core/inventory/requests'
import type { CallGraph } from '#core/matrix/call-graph'
import { quietOf, type Region, textOf } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import { type Code, type CodeFile, factsOf, isScript } from '#core/rules/code'
import { quietBecause } from '#core/rules/quiet-files'

/** Where a container is told how to make the clients of classes, by C# and by Nest. */
const REGISTERS: readonly { readonly pattern: RegExp; readonly word: RegExp }[] = [
  {
    word: /HttpClient|\b[sS]ervices\s*\.Add/,
    pattern:
      /\.(?:AddHttpClient|ConfigureHttpClientDefaults|AddRefitClient|AddSingleton|AddTransient|AddScoped|AddAWSService)\b/g,
  },
  { word: /HttpModule/, pattern: /\bHttpModule\.register(?:Async)?\(/g },
]

const READ = new WeakMap<Code, readonly Region[]>()

/** All that the repository tells its containers of HTTP clients, once. */
function allOf(code: Code): readonly Region[] {
  const known = READ.get(code) ?? findAll(code)
  READ.set(code, known)
  return known
}

function findAll(code: Code): readonly Region[] {
  return [...code.files.values()].flatMap((file) => {
    if (file.language !== 'csharp' && !isScript(file.language)) return []
    return REGISTERS.flatMap(({ word, pattern }) =>
      word.test(file.text) && quietBecause(file.path, file.text) === null
        ? [...quietOf(file).code.matchAll(pattern)].map(({ index }) =>
            statementAt('client', file, index),
          )
        : [],
    )
  })
}

/** What a client is registered by. */
interface Registered {
  readonly request: Request
  readonly around: Fact | null
}

/** Where a container is told how to make the client of a request. */
export function registrationsOf(
  graph: CallGraph,
  file: CodeFile,
  { request, around }: Registered,
): readonly Region[] {
  const { bound } = request
  if (bound === null) return []
  const all = allOf(graph.code)
  if (file.language === 'csharp' && request.party.role !== 'http')
    return forType(file, all, bound.name)
  if (file.language === 'csharp') return forClass(file, all, { request, around })
  if (request.party.role !== 'http') return []
  if (!isScript(file.language) || bound.origin !== 'type') return []
  const nest = all.filter((region) => isScript(region.file.language))
  const near = nest.filter((region) => folderOf(region) === file.path.replace(/[^/]*$/, ''))
  if (near.length > 0) return near
  return nest.length === 1 ? nest : []
}

const folderOf = ({ file }: Region) => file.path.replace(/[^/]*$/, '')

/** `AddSingleton<IAmazonSQS>(…)`, for a field of that type. */
function forType(file: CodeFile, all: readonly Region[], bound: string): readonly Region[] {
  const name = bound.replace(/^.*\./, '')
  const types = factsOf(file, 'declared-name')
    .filter(({ captures }) => captures['name'] === name)
    .map(({ captures }) => captures['type'] ?? '')
  return all.filter((region) => {
    const given = /\.Add\w+<([^()]{1,200})>\s*\(/.exec(textOf(region))?.[1] ?? ''
    return given.split(',').some((type) => types.includes(type.trim().replace(/^.*\./, '')))
  })
}

function forClass(
  file: CodeFile,
  all: readonly Region[],
  { request, around }: Registered,
): readonly Region[] {
  const at = around ?? request.fact
  const own = factsOf(file, 'function').findLast(
    (one) => one.captures['form'] === 'class' && one !== around && within(at, one),
  )
  const names = own === undefined ? [] : namesOf(file, own)
  const clients = own === undefined ? [] : clientNames(file, own)
  const found = all.filter((region) => {
    if (region.file.language !== 'csharp') return false
    const text = textOf(region)
    const head =
      /\.Add(?:Http|Refit)Client(?:<([^()]{1,200})>)?\s*\(\s*(?:"([^"\n]{1,80})"|([\w.]{1,80}))?/.exec(
        text,
      )
    if (head === null) return false
    const types = (head[1] ?? '').split(',').map((type) => type.trim().replace(/^.*\./, ''))
    const name = head[2] ?? head[3]
    return (
      types.some((type) => names.includes(type)) || (name !== undefined && clients.includes(name))
    )
  })
  if (found.length === 0 && clients.length === 0) return []
  const forAll = all.filter((region) => textOf(region).includes('ConfigureHttpClientDefaults'))
  return [...found, ...forAll]
}

/** A class and the interfaces that it is asked for by. */
function namesOf(file: CodeFile, own: Fact): readonly string[] {
  const head = quietOf(file).code.slice(own.start, Math.min(own.end, own.start + 600))
  const parents = /:\s*([\w\s,.<>]{1,300})\s*(?:\{|where\b)/.exec(head)?.[1] ?? ''
  return [
    own.captures['name'] ?? '',
    ...parents.split(',').map((one) => one.trim().replace(/<.*$/, '').replace(/^.*\./, '')),
  ].filter((name) => name !== '')
}

/** The names under which a class asks a factory for clients: `CreateClient("ledger")`. */
function clientNames(file: CodeFile, own: Fact): readonly string[] {
  const { text } = quietOf(file)
  return [
    ...text
      .slice(own.start, own.end)
      .matchAll(/\.CreateClient\(\s*(?:"([^"\n]{1,80})"|([\w.]{1,80}))?/g),
  ].map(([, quoted, named]) => quoted ?? named ?? '')
}
