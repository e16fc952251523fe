import type { Language } from '#core/facts/fact'
import { splitTopLevel } from '#core/rules/code-text'

/** Keys that say how to send, and nothing of what is sent. */
const TRANSPORT: ReadonlySet<string> = new Set(
  'headers header timeout method url uri auth verify allow_redirects stream signal responseType idempotencyKey idempotency_key apiVersion stripeAccount maxRetries agent proxy cookies cert hooks baseURL withCredentials validateStatus http_errors connect_timeout content_type contentType Authorization accept Accept'.split(
    ' ',
  ),
)
/** Keys that hold what is sent. */
const BODIES: ReadonlySet<string> = new Set(
  'body data json form params form_params query payload variables input message multipart'.split(
    ' ',
  ),
)
/** A text of its own is no key, whatever it holds. */
const TEXT = /^[rfbu]{0,2}(?:"[^"]*"|'[^']*'|`[^`]*`)$/
const KEY = /^(?:["'`:]?([A-Za-z_$][\w$.-]{0,60})["'`]?)\s*(?::(?!:)|=>|=(?![=>]))\s*([\s\S]*)$/
const SHORTHAND = /^[A-Za-z_$][\w$]{0,60}$/
const MAX_FIELDS = 12
const MAX_ARGUMENT = 4_000
const MAX_DEPTH = 3

/**
 * The names of the fields that a call sends, as far as its arguments spell them out: the keys of
 * an object or keyword arguments, and of what stands under `body`, `data`, `json` and the like.
 */
export function sentData(args: readonly string[], language: Language): readonly string[] {
  const fields = new Set<string>()
  for (const arg of args) {
    for (const field of fieldsOf(arg.slice(0, MAX_ARGUMENT), language, 0)) fields.add(field)
  }
  return [...fields].slice(0, MAX_FIELDS)
}

function fieldsOf(text: string, language: Language, depth: number): readonly string[] {
  const inner = bracesOf(text)
  if (inner === null) return depth === 0 ? keyValue(text, language, depth) : []
  return splitTopLevel(inner, language).flatMap((part) => keyValue(part, language, depth + 1))
}

function keyValue(text: string, language: Language, depth: number): readonly string[] {
  const pair = TEXT.test(text.trim()) ? null : KEY.exec(text.trim())
  const key = pair?.[1]
  if (key === undefined) return depth > 0 && SHORTHAND.test(text.trim()) ? named(text.trim()) : []
  if (BODIES.has(key) && depth < MAX_DEPTH) {
    const inside = fieldsOf(pair?.[2] ?? '', language, depth + 1)
    if (inside.length > 0) return inside
  }
  return named(key)
}

const named = (key: string) => (TRANSPORT.has(key) || BODIES.has(key) ? [] : [key])

/** What stands in the braces of `{…}`, `[…]` of PHP, `JSON.stringify({…})`, `json!({…})`, `dict(…)`. */
function bracesOf(text: string): string | null {
  const trimmed = text.trim()
  const wrapped =
    /^(?:JSON\.stringify|json_encode|json\.dumps|json!|serde_json::json!|dict|new\s+URLSearchParams)\s*\(([\s\S]*)\)$/.exec(
      trimmed,
    )
  const inner = (wrapped?.[1] ?? trimmed).trim()
  const object = /^\{([\s\S]*)\}$/.exec(inner) ?? /^\[([\s\S]*=>[\s\S]*)\]$/.exec(inner)
  return object?.[1] ?? null
}
