import type { Fact, Language } from '#core/facts/fact'
import { literal, readObject, splitTopLevel } from '#core/rules/code-text'

/** The values that reach the log unchanged: arguments, fields of an object, parts of a template. */
export function loggedValues(fact: Fact): readonly string[] {
  return fact.args.flatMap((arg) =>
    valuesIn(arg.replace(/^\w+(?:=(?!=)|:\s+)/, ''), fact.language, 0),
  )
}

/** Objects in objects are read this deep. */
const MAX_DEPTH = 3

function valuesIn(arg: string, language: Language, depth: number): readonly string[] {
  const text = arg.trim()
  if (depth > MAX_DEPTH) return []
  const inner = (part: string) => valuesIn(part, language, depth + 1)
  if (literal(text) !== null || /^f["']/.test(text)) return partsOf(text, language).flatMap(inner)
  if (language === 'php') return phpValues(text)
  if (language === 'csharp' && /^(?:\$@?|@\$)"/.test(text))
    return matched(text, /\{([^{}:,]{1,200})[^{}]{0,60}\}/g).flatMap(inner)
  if (text.startsWith('{')) return [...readObject(text, language).entries.values()].flatMap(inner)
  const field = GO_FIELD.exec(text)
  if (language === 'go' && field?.[1] !== undefined) return [field[1]]
  if (language === 'go' && /^[\w.]+(?:\[\w+\]\w+(?:\{\})?)?\{/.test(text))
    return [...readObject(text.slice(text.indexOf('{')), language).entries.values()]
  const bare = text.replace(REWRITTEN, '')
  const wrapped = WRAPPED.exec(bare)?.[1]
  if (wrapped !== undefined) return splitTopLevel(wrapped, language).slice(0, 1).flatMap(inner)
  const joined = language === 'python' ? pythonJoined(bare) : plusJoined(bare)
  return joined.length > 1 ? joined.flatMap(inner) : [bare]
}

/** What writes a value out as a text, all of it. */
const WRAPPED =
  /^(?:JSON\.stringify|json\.dumps|JsonSerializer\.Serialize|JsonConvert\.SerializeObject|String\.valueOf|new String|Encoding\.UTF8\.GetString|JSON\.(?:generate|pretty_generate|dump)|str|repr|dict|vars|pformat|pprint\.pformat|String|string|(?:util|require\(["']util["']\))\.(?:inspect|format)|inspect|Object\.(?:fromEntries|entries|assign)|Array\.from|structuredClone|fmt\.Sprint|spew\.Sdump|dedent)\(([\s\S]*)\)$/
/** The same as the last call of a chain. */
const REWRITTEN =
  /(?<=[\w)\]])\??\.(?:toJSON|toString|entries|items|copy|to_h|to_s|to_json|to_hash|inspect|as_json|Clone|to_unsafe_h|to_wsgi_list)\(?\)?$/

/** `"token %s" % token`, `"token {}".format(token)`, `"token " + token`. */
function pythonJoined(text: string): readonly string[] {
  const filled =
    /^f?(["'])(?:[^"'\\\n]|\\.)*\1\s*(?:%\s*(?:\(([\s\S]*)\)|([\w.[\]"']+))|\.format\(([\s\S]*)\))$/.exec(
      text,
    )
  if (filled === null) return plusJoined(text)
  const values = filled[2] ?? filled[3] ?? filled[4] ?? ''
  return ['', ...splitTopLevel(values, 'python').map((one) => one.replace(/^\w+\s*=(?!=)\s*/, ''))]
}

function plusJoined(text: string): readonly string[] {
  return text.includes('+') ? text.split('+').map((part) => part.trim()) : []
}

/** `zap.String("key", value)` and its kin. */
const GO_FIELD =
  /^(?:zap|slog)\.(?:String|Any|ByteString|Stringp|Reflect|Inline)\("[^"]*",\s*(?:string\()?([\w.()]+?)\)?\)$/

/** What stands in PHP's arrays and between its dots. */
function phpValues(text: string): readonly string[] {
  const list = /^(?:\[([\s\S]*)\]|array\(([\s\S]*)\))$/.exec(text)
  const inner = list?.[1] ?? list?.[2]
  if (inner !== undefined)
    return splitTopLevel(inner, 'php').flatMap((one) =>
      phpValues(one.replace(/^["'][\w.-]+["']\s*=>\s*/, '')),
    )
  const encoded = /^\\?(?:json_encode|print_r|serialize|var_export)\(([\s\S]*)\)$/.exec(text)
  if (encoded?.[1] !== undefined) return splitTopLevel(encoded[1], 'php').slice(0, 1)
  const formatted = /^\\?sprintf\(([\s\S]*)\)$/.exec(text)?.[1]
  if (formatted !== undefined) return splitTopLevel(formatted, 'php').slice(1)
  if (/^"(?:[^"\\]|\\.)*"$/.test(text)) return matched(text, /\{?(\$\w+(?:->\w+|\[["'\w]+\])*)\}?/g)
  const joined = text.split(/\s\.\s/)
  return joined.length > 1 ? joined.flatMap((one) => phpValues(one.trim())) : [text]
}

function partsOf(text: string, language: Language): readonly string[] {
  if (language === 'ruby') return text.startsWith('"') ? matched(text, /#\{([^{}]*)\}/g) : []
  if (language === 'php') return phpValues(text)
  if (language === 'kotlin') return matched(text, /\$(?:\{([^{}]*)\}|(\w+))/g)
  if (language !== 'python') return text.startsWith('`') ? matched(text, /\$\{([^{}]*)\}/g) : []
  return /^f/i.test(text) ? matched(text, /\{([^{}!:=]*)(?:[!:=][^{}]*)?\}/g) : []
}

function matched(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map((match) => (match[1] ?? match[2] ?? '').trim())
}
