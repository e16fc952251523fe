import { assignmentsOf } from '#core/inventory/assignments'
import type { Names } from '#core/inventory/names'
import type { Request } from '#core/inventory/requests'
import { isServerCode } from '#core/inventory/where-code-runs'
import { type CodeFile, functionAround } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'

/** Where a request goes, as far as the code shows it. */
export interface Address {
  /** Lower case, without port; null where it is put together or comes from outside. */
  readonly host: string | null
  /** What follows the host, or a path without one; null where unknown. */
  readonly path: string | null
  /** A name that the address comes from: an environment key or a variable. */
  readonly source: string | null
}

const URL_TEXT =
  /\b(?:https?|wss?|sftp|ftps?|smtps?|ldaps?|amqps?):\/\/([a-z0-9][a-z0-9.-]*[a-z0-9])(?::\d+)?(\/[\w./{}$:%-]*)?/i
/** One's own machine and network, and what stands for any host in examples. */
const NOBODY =
  /^(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|(?:www\.)?example\.(?:com|org|net)$)|\.(?:test|local|localhost|invalid|internal)$|^[\d.]+$/
/** Hosts that are named and not spoken to. */
const NAMED_ONLY =
  /^(?:www\.w3\.org|schemas?\.|json-schema\.org|docs?\.|developers?\.|pkg\.|support\.|help\.|(?:www\.)?github\.com$|xmlns\.|fonts\.|cdn\.|(?:\w+\.)?wikipedia\.org|stackoverflow\.com|tools\.ietf\.org|datatracker\.)/
const ENV_NAME = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/
/** A path after a variable that is no address: how a browser calls the application that sent it. */
const OWN_API = /^\s*[rfbu]{0,2}["'`]\$?\{[\w.()]{1,60}\}(\/api\/[\w./{}$:%-]*)/
const RELATIVE = /^\s*[rfbu]{0,2}["'`]\/(?!\/)([\w./{}$:%-]*)/
const NAME = /(?<![\w$"'`])([A-Za-z_$][\w$]*)(?![\w$]*\s*[("'`])/g

/** How often a name is followed to what it was given. */
const MAX_STEPS = 3
const MAX_NAMES = 12

/**
 * The address of a request: a literal in its arguments, what the names there were given in the
 * file, where its client was pointed to, or the only address in the function around it.
 */
export function addressOf(file: CodeFile, request: Request, names: Names): Address {
  const given = request.args.slice(0, 8).map((arg) => arg.slice(0, 2_000))
  const direct = fromText(given.join('\n'), file, MAX_STEPS)
  const base = clientAddress(file, request, names)
  if (direct.host !== null) return direct
  const relative = given
    .map(
      (arg) =>
        (isServerCode(file) ? undefined : OWN_API.exec(arg)?.[1]) ??
        RELATIVE.exec(arg)?.[1]?.replace(/^/, '/'),
    )
    .find((path) => path !== undefined)
  const path = direct.path ?? relative ?? null
  if (base.host !== null) return { ...base, path: path ?? base.path }
  const around =
    path === null && request.party.role === 'http' ? onlyAddressAround(file, request) : null
  if (around !== null) return around
  return { host: null, path, source: direct.source ?? base.source }
}

/** Reads an expression, and what the names in it were given. */
function fromText(text: string, file: CodeFile, steps: number): Address {
  const literal = hostIn(text)
  if (literal !== null) return literal
  const own = steps < MAX_STEPS ? (RELATIVE.exec(text)?.[1] ?? null) : null
  if (own !== null) return { host: null, path: `/${own}`, source: null }
  let source = ENV_NAME.exec(text)?.[0] ?? null
  if (steps === 0) return { host: null, path: null, source }
  const names = new Set([...text.matchAll(NAME)].map(([, name = '']) => name).slice(0, MAX_NAMES))
  for (const name of names) {
    const found = fromName(name, file, steps - 1)
    if (found === null) continue
    if (found.host !== null || found.path !== null) return found
    source ??= found.source
  }
  return { host: null, path: null, source }
}

const BY_NAME = new WeakMap<CodeFile, Map<string, Address | null>>()

/** What a name was given in the file; each is followed once, however many calls ask. */
function fromName(name: string, file: CodeFile, steps: number): Address | null {
  const known = BY_NAME.get(file) ?? new Map<string, Address | null>()
  BY_NAME.set(file, known)
  const key = `${steps} ${name}`
  const before = known.get(key)
  if (before !== undefined) return before
  const values = assignmentsOf(file).valuesOf(name)
  const clear = values.length > 0 && values.length <= 3
  const address = clear ? fromText(values.join('\n'), file, steps) : null
  known.set(key, address)
  return address
}

/** The first host in a text that somebody answers at. */
function hostIn(text: string): Address | null {
  const match = URL_TEXT.exec(text)
  const host = match?.[1]?.toLowerCase()
  if (host === undefined || !host.includes('.') || NOBODY.test(host) || NAMED_ONLY.test(host))
    return null
  return { host, path: match?.[2] ?? null, source: null }
}

function clientAddress(file: CodeFile, request: Request, names: Names): Address {
  const made = request.bound?.construction?.text.slice(0, 4_000) ?? ''
  const own =
    made === '' ? { host: null, path: null, source: null } : fromText(made, file, MAX_STEPS)
  if (own.host !== null || request.bound === null) return own
  const { party } = request.bound
  const others = names.bound.filter((one) => one.party.id === party.id && one.construction !== null)
  const [only] = others
  if (only?.construction == null || others.length > 1 || request.party.role !== 'http') return own
  return fromText(only.construction.text.slice(0, 4_000), file, MAX_STEPS)
}

/** The only host that the function around a request names. */
function onlyAddressAround(file: CodeFile, { fact }: Request): Address | null {
  const around = functionAround(file, fact)
  if (around === null || around.end - around.start > 8_000) return null
  const text = withoutComments(file.text.slice(around.start, around.end), file.language)
  const found = [...text.matchAll(new RegExp(URL_TEXT, 'gi'))].flatMap(([url]) => hostIn(url) ?? [])
  const hosts = new Set(found.map(({ host }) => host))
  return hosts.size === 1 ? (found[0] ?? null) : null
}
