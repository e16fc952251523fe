import type { Fact } from '#core/facts/fact'
import type { CodeFile } from '#core/rules/code'
import { codeOnly, withoutComments } from '#core/rules/code-text'
import type { View } from '#core/rules/observation'

/** A chain of names: `this.crm.contacts.update`, `$client->post`, `rest.put().uri`. */
const CHAIN =
  /[\w$@]{1,60}[?!]{0,2}·?!{0,2}(?:\s{0,40}(?:\??\.|->|::)\s{0,2}[\w$@]{1,60}[?!]{0,2}·?!{0,2}){1,8}/g
/** Verbs that change something on the other side. What only clears away may fail. */
const CHANGES =
  /^_?(?:post|put|patch|create|update|upsert|send|push|publish|charge|capture|refund|submit|book|transfer|pay|upload|deliver|sync|export|place|issue|confirm)(?:[A-Z_]\w*)?$|^(?:Post|Put|Patch|Create|Update|Upsert|Send|Push|Publish|Charge|Capture|Refund|Submit|Book|Upload|Deliver)\w*$/
/** What another system is called where nothing names it. */
const REMOTE =
  /^(?:\w*(?:client|gateway|api|sdk)|https?|rest(?:template|client|operations)?|webclient|guzzle|faraday|httparty|connection|conn|partner|carrier|erp|crm)$/i
/** Stores of one's own, and what nobody depends on, such as a word to an open screen. */
const OWN =
  /repo|db$|database|cache|redis|prisma|model|queue|logger|log$|analytics|telemetry|metric|posthog|segment|sentry|mixpanel|amplitude|datadog|query_?client|router|socket|signal|real_?time|presence|slack|discord|telegram|intercom|e2e|test|mock|memory|local|kube|docker|k8s/i

/** The first call of a text that changes something in another system, or null. */
export function remoteChange(view: View, text: string): string | null {
  const code = codeOnly(text.slice(0, MAX_TRIED), view.file.language)
  for (const [chain] of withoutArguments(code).matchAll(CHAIN)) {
    const call = changeOf(view, chain)
    if (call !== null) return call
  }
  return null
}

/** A longer attempt is more than one call. */
const MAX_TRIED = 6_000

/** A text whose arguments stand behind it, each with a `·` in its place, so that chains are whole. */
function withoutArguments(code: string): string {
  const inner: string[] = []
  let left = code
  for (let round = 0; round < 5; round += 1)
    left = left.replace(/\(([^()]*)\)/g, (_, within: string) => {
      inner.push(within)
      return '·'
    })
  return [left, ...inner].join('\n')
}

function changeOf(view: View, chain: string): string | null {
  const written = chain.split(/\s*(?:\??\.|->|::)\s*/)
  const parts = written.map((part) => part.replace(/[^\w]|^_/g, ''))
  const isCall = (index: number) => view.file.language === 'ruby' || written[index]?.includes('·')
  const at = parts.findIndex((part, index) => index > 0 && CHANGES.test(part) && isCall(index))
  const on = parts.slice(0, at).filter((part) => !/^(?:|this|self)$/.test(part))
  if (at === -1 || on.some((part) => OWN.test(part))) return null
  const isSession = on.at(-1) === 'session' && /^(?:post|put|patch)$/.test(parts[at] ?? '')
  if (!isSession && !on.some((part) => isRemote(view, part))) return null
  return chain
    .replace(/[·\s]+/g, '')
    .split(/(?<=\.|->|::)/)
    .slice(0, at + 1)
    .join('')
}

function isRemote({ file, providers }: View, part: string): boolean {
  if (REMOTE.test(part) || clientsOf(file).has(part)) return true
  const words = part
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_')
  return words.some((word) => word.length > 2 && providers.byWord(word) !== null)
}

const CLIENTS = new WeakMap<CodeFile, ReadonlySet<string>>()
const NAME_FIRST = /\b_?(\w{2,40})\??\s?:\s?[\w.]{0,40}(?:Client|Gateway|Api|API|Sdk|SDK)\b/g
const TYPE_FIRST =
  /\b[\w.\\]{0,40}(?:Client|Gateway|Api|API|Sdk|SDK)(?:Interface)?\s[&$]{0,2}_?(\w{2,40})\b/g

/** Names that are declared with the type of a client. */
function clientsOf(file: CodeFile): ReadonlySet<string> {
  const known =
    CLIENTS.get(file) ??
    new Set(
      [NAME_FIRST, TYPE_FIRST].flatMap((pattern) =>
        [...file.text.matchAll(pattern)].map(([, name = '']) => name),
      ),
    )
  CLIENTS.set(file, known)
  return known
}

/** What a handler does with a failure: nothing, a quiet word in the log, a loud one, or more. */
export type Handling = 'nothing' | 'quiet' | 'loud' | 'more'

const LOGS =
  /^(?:await\s+)?[\w.$@:\\>?-]*(?:log|logger|logging|LOG|Log|LOGGER|console|print\w*|puts|warn|[sS]entry\w*|Bugsnag|Rollbar|capture\w*|Console|System\.(?:out|err)|error_log|report|metrics|statsd)\b[\w.$@:\\>?!-]*$/i
const QUIET =
  /(?:\.|->|::)(?:debug|info|trace|verbose|fine\w*|log|LogDebug|LogInformation|LogTrace|Debug|Information|d|i|v)[!?]?$|^print\w*$|^puts$|^p$/
const NEUTRAL = /^(?:pass|nil|null|None|undefined|continue|Unit|then)$/

/** What the handler of a catch block does. One with a comment says why, and that is a decision. */
export function handlingOf({ language }: CodeFile, fact: Fact): Handling {
  const written = (fact.captures['body'] ?? '').trim()
  if (written.length > 2_000 || withoutComments(written, language) !== written) return 'more'
  const pieces = statementsOf(codeOnly(written, language)).filter((one) => !NEUTRAL.test(one))
  if (pieces.length === 0) return 'nothing'
  if (!pieces.every((one) => LOGS.test(one))) return 'more'
  return pieces.every((one) => QUIET.test(one)) ? 'quiet' : 'loud'
}

/** Statements without their arguments. */
function statementsOf(code: string): readonly string[] {
  let left = code.replace(/^\{|\}$/g, '').replace(/["'`][^"'`\n]*["'`]/g, '')
  for (let round = 0; round < 6; round += 1)
    left = left.replace(/\([^()]*\)|\[[^[\]]*\]|(?<=\w\s?)\{[^{}]*\}/g, '')
  return left
    .split(/[;\n]/)
    .map((one) => one.trim().replace(/\s+(?=\.|->)/g, ''))
    .filter((one) => one !== '')
}

/** Failures that say what is the matter, so that they may be passed over. */
const EXPECTED =
  /NotFound|DoesNotExist|Exists|Conflict|Duplicate|Integrity|Unique|Validation|ValueError|KeyError|TypeError|Attribute|IndexError|Cancel|Interrupt|StopIteration|Import|JSON|Json|Decode|Disposed|Format|Argument|Parse|NoSuch|Unsupported|\b404\b/
const ASIDE =
  /best.?effort|optional|telemetry|analytic|heartbeat|\bping|health|warm|clean_?up|roll_?back|shutdown|dispose|teardown|\bclose\b|preview|beacon|fire.?and.?forget|compensat|check(?:ing)?[ _]?(?:for[ _])?updates?\b|updates?[ _]?check/i

/** Whether a handler takes every failure, and of a call that somebody depends on. */
export function takesEveryFailure(fact: Fact): boolean {
  const head = (fact.captures['handler'] ?? '').split('\n', 1)[0] ?? ''
  return (
    !EXPECTED.test(head.slice(0, 300)) &&
    !ASIDE.test(fact.scope?.name ?? '') &&
    !ASIDE.test(fact.text.slice(0, 4_000))
  )
}
