import { mayRunInBrowser, type OutboundCall, runsOnServer } from '#core/rules/calls'
import { type CodeFile, functionAround, surroundings } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import type { View } from '#core/rules/observation'
import { assignedTo } from '#core/rules/scope-text'

/** Words by which configuration names where the other side is. */
const ADDRESS = '\\w*(?:ur[il]|endpoint|api|base|host|hook|gateway|issuer)\\w*'

/**
 * An address that is put together from somebody's base address: a field, a constant, or a name that
 * says so. `https://` with a host that is filled in counts too.
 */
const BASED = new RegExp(
  `^(?:new URL\\((?:[^,]{1,200},\\s*)?|String\\(|\`\\$\\{|["'\`]https?://)?` +
    `(?:\\$\\{|(?:[\\w$]+(?:\\(\\))?[!?]?\\.#?)+_?${ADDRESS}|BASE\\b|[A-Z][A-Z\\d_]*(?:UR[IL]|ENDPOINT|API|BASE|HOST|HOOK|ISSUER)[A-Z\\d_]*\\b|` +
    `\\w*(?:endpoint|base_?url|api_?url|api_?base|api_?host|base_?uri|gateway_?url|service_?url|hook_?url|known_?url)\\b)`,
  'i',
)

/** Addresses of the application itself, and those that somebody signed for one transfer. */
const OWN =
  /\b(?:NEXT_PUBLIC|NEXTAUTH|REACT_APP|VITE|VUE_APP|EXPO_PUBLIC|NEXT_PRIVATE_INTERNAL)_|\b(?:location|origin|window)\b|\brequest?\.(?:url|nextUrl|headers)|(?:web_?app|app|site|web|own|self|internal|frontend|public|local|base_?path|upload|download|signed|image|file|asset|media|avatar|logo)_?ur[il]|\b(?:own|self|internal|local)_\w*(?:api|host)|localhost|127\.0\.0\.1|^["'`](?:\.{0,2}\/|\?)|formatPath|import\.meta/i

/** Whether the address of a call that is no literal belongs to another system. */
export function leadsOut({ fact }: OutboundCall, { file }: View): boolean {
  const address = (fact.args[0] ?? '').replace(/\.(?:toString\(\)|href)$/, '')
  return writtenFor(address, surroundings(file, fact), file.text).some(
    (written) => BASED.test(written) && !OWN.test(written),
  )
}

/** What an address stands for: itself, or what its name is given; then what its base is given. */
function writtenFor(address: string, around: string, text: string): readonly string[] {
  if (OWN.test(address)) return []
  const first = /^[\w$]{1,60}$/.test(address) ? assignedTo(around, address) : []
  const written = first.length > 0 ? first : [address]
  const ownBase = written.some((one) => {
    const base = /^(?:new URL\([^,]{1,200},\s*|`\$\{)?([\w$]{1,60})\b(?!\.)/.exec(one)?.[1]
    return base !== undefined && assignedTo(text.slice(0, 40_000), base).some((to) => OWN.test(to))
  })
  return ownBase ? [] : written
}

/** A name without a dot is a container beside this one. */
const THIS_MACHINE =
  /^https?:\/\/(?:localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal)|^http:\/\/[a-z][\w-]*(?::\d+)?(?:[/?#]|$)/i

/** Whether a call stays on its own machine, by its address or by what its base is given here. */
export function asksThisMachine({ fact, url }: OutboundCall, { file }: View): boolean {
  if (THIS_MACHINE.test(url ?? '')) return true
  const base = /^(?:f["']\{|`\$\{)?([\w$]{1,60})\b(?!\.)/.exec(fact.args[0] ?? '')?.[1]
  const given = base === undefined ? [] : assignedTo(surroundings(file, fact), base)
  return given.length > 0 && given.every((one) => THIS_MACHINE.test(one.replace(/^f?["'`]/, '')))
}

/** Folders and files of code that speaks to other systems. */
const SPEAKS_OUT =
  /(?:^|[/._-])(?:shipping|carriers?|crm|erp|sync|integrations?|gateways?|connectors?|adapters?|webhooks?|mailers?|sms|notifiers?|importers?|exporters?)(?:[/._-]|$)/i

/** A secret of the application in a header: no visitor has it. */
const OWN_SECRET =
  /\bBasic \$\{|(?:authorization|api-?key|-(?:key|token|secret))['"]?\]?\s{0,3}[:=,]\s{0,3}(?:[`'"][^`'"\n]{0,30}\$\{)?\s{0,3}(?:(?:this|self|opts|options|deps)[.!?#\w]{0,60}(?:key|secret|password)|(?:config|settings|env|secrets|credentials)\.[.!?\w]{0,60}(?:key|token|secret|password|auth)|[A-Z][A-Z_]{0,40}_(?:KEY|TOKEN|SECRET)\b)|['"]x-api-key['"]\s{0,3}:\s{0,3}(?:api_?)?(?:key|secret)\b/i

/** A login that has a verifier and no secret is that of a program which visitors run. */
function isPublicClient({ text }: CodeFile): boolean {
  return /\bcode_verifier\b/.test(text) && !/client_?secret/i.test(text)
}

/**
 * Whether a script runs on a server: it says so, or no browser shows and it lies where code speaks
 * to other systems, or is called like one of them.
 */
export function isServerSide({ file, providers }: View): boolean {
  if (isPublicClient(file)) return false
  if (runsOnServer(file)) return true
  if (mayRunInBrowser(file) || OF_FRONT_END.test(file.path)) return false
  if (SPEAKS_OUT.test(file.path) || OWN_SECRET.test(file.text)) return true
  return wordsOf(file).some((word) => providers.byWord(word) !== null)
}

/** Folders in which front ends keep what is no component. */
const OF_FRONT_END =
  /(?:^|\/)(?:components?|pages|views|hooks\/use|composables|stores?|state|redux|features|public|static|assets|ui|web|www|client(?:-only|-side)?|mobile|extension)\//i

/** What is made for somebody's own screens says nothing of calls to him. */
const RUNS_WITHIN = /[\w-]{1,60}-(?:app|extension|plugin)(?=\/)/gi

function wordsOf({ path }: CodeFile): readonly string[] {
  return path
    .replace(RUNS_WITHIN, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word.length > 2)
}

/** What is handed to a call unread: its options may hold anything. */
const MAY_BOUND = /signal|timeout|abort/i

/**
 * Whether options that are handed through can be known: the function is this file's own, and
 * nothing in the file speaks of a limit.
 */
export function handsOnNothing({ fact }: OutboundCall, { file }: View): boolean {
  const around = functionAround(file, fact)
  if (around === null || MAY_BOUND.test(withoutComments(file.text, file.language))) return false
  const head = around.text.slice(0, 200)
  if (/^(?:@\w+\([^)]*\)\s*)?(?:private|protected)\b|^(?:async\s+)?#/.test(head)) return true
  const name = around.captures['name'] ?? ''
  if (!/^[\w$]{1,60}$/.test(name) || functionAround(file, around) === null) return false
  // A function within a function is called from there only, unless it is given out.
  return !new RegExp(`\\breturn\\s*\\{?[^\\n{}]*\\b${RegExp.escape(name)}\\s*[,}\\n]`).test(
    file.text,
  )
}
