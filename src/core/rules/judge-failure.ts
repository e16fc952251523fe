import type { Fact } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { HTTP_PACKAGES, mayRunInBrowser, type OutboundCall, outboundCalls } from '#core/rules/calls'
import { factsOf, functionAround, isPython, isScript, surroundings } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import { failsByItself } from '#core/rules/fails-by-itself'
import { changeIn, whatFollows } from '#core/rules/judge-taken-for-success'
import { isServerSide, leadsOut } from '#core/rules/leads-out'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { handlingOf, remoteChange, takesEveryFailure } from '#core/rules/remote-change'
import { isRunByHand } from '#core/rules/run-by-hand'
import { asksOwnStore, isStored } from '#core/rules/stores'

/** Methods of an SDK or HTTP client that change something on the other side. */
const CHANGES =
  /^(?:post|put|patch|delete|create|capture|confirm|refund|charge|transfer|payout|send|sendMail|createMessage|update|cancel|fetch|request|axios)$/

/** The failure of a call that changes something elsewhere, caught and dropped without a word. */
export const failureSwallowed: Judgement = {
  names: ['call'],
  judge: (view) => {
    if (isScript(view.file.language) && mayRunInBrowser(view.file)) return []
    // What one's own database refuses is no business of another side.
    const calls = outboundCalls(view.code, view.file).filter(
      (call) => CHANGES.test(call.method) && !asksOwnStore(call),
    )
    return factsOf(view.file, 'catch-block').flatMap((fact) => {
      const tried = fact.spans['tried']
      const call = calls.find((one) => tried !== undefined && within(one.fact, tried))
      const name = call?.callee ?? remoteAndStored(view, fact)
      const dropped = name !== null && isDropped(view, fact) ? name : droppedChange(view, fact)
      if (dropped === null) return []
      const at = fact.spans['handler'] ?? fact
      return [
        observe(view, fact, {
          line: at.line,
          endLine: at.endLine,
          names: { call: dropped },
          evidence: [{ path: view.file.path, line: call?.fact.line ?? fact.line }],
        }),
      ]
    })
  },
}

/** A call of a client whose answer is stored in the same attempt: what fails is then simply missing. */
const CLIENT_CALL = /\b((?:(?:self|this)\.)?_?\w*(?:client|api|gateway|Client|Api|Gateway)\.\w+)\(/
const BROAD = /^except\s*(?:(?:Base)?Exception\b[^:]*)?:|^catch\b/

function remoteAndStored({ file }: View, fact: Fact): string | null {
  const tried = fact.spans['tried']
  if (tried === undefined || !BROAD.test(fact.captures['handler'] ?? '')) return null
  if (!factsOf(file, 'durable-write', tried).some(isStored)) return null
  return CLIENT_CALL.exec(fact.captures['tried'] ?? '')?.[1] ?? null
}

/** The same of any client, where the handler says a quiet word at most and nothing comes after it. */
function droppedChange(view: View, fact: Fact): string | null {
  if (fact.captures['form'] !== 'statement' || !takesEveryFailure(fact)) return null
  const handling = handlingOf(view.file, fact)
  if (handling !== 'nothing' && handling !== 'quiet') return null
  if (handling === 'quiet' && HEARD.test(fact.captures['body'] ?? '')) return null
  const follows = whatFollows(view, fact)
  if (follows === 'more' || (handling === 'quiet' && follows === 'done')) return null
  return follows === 'done'
    ? changeIn(view, fact)
    : remoteChange(view, fact.captures['tried'] ?? '')
}

/** The log of production holds whatever is more than `debug`, and what is printed. */
const HEARD =
  /(?:\.|->|::)(?:info|log|LogInformation|Information|i)[!?]?\s?(?:[({"']|$)|\b(?:print\w*|puts|p)\s?[("']/m

/** What is not there, or is there already, is as it should be. */
const EXPECTED =
  /\b(?:except|catch)\b[^\n:{]{0,80}(?:No(?:Such|Node|t_?Found)|NotFound|DoesNotExist|Missing|Gone|AlreadyExists|Duplicate)/

/** What is raced against a timer is pushed only: whether it arrives is looked at elsewhere. */
function isRaced(file: View['file'], fact: Fact): boolean {
  return /\bPromise\.race\(\s*\[[^\]]*$/.test(
    file.text.slice(Math.max(0, fact.start - 120), fact.start),
  )
}

/** A `null` in place of the answer is no silence where the code goes on to ask whether it is there. */
function isTakenAsAnswer(file: View['file'], fact: Fact): boolean {
  const before = file.text.slice(Math.max(0, fact.start - 160), fact.start)
  const name = /\b(?:const|let|var)\s+(\w{1,60})\s*(?::[^=;\n]{0,80})?=\s*(?:await\s+)?$/.exec(
    before,
  )?.[1]
  if (name === undefined) return false
  const end = functionAround(file, fact)?.end ?? file.text.length
  return new RegExp(
    `!\\s?${name}\\b|\\b${name}\\s*(?:[!=]==?\\s*(?:null|undefined)\\b|\\?\\??[.\\s]|&&|\\|\\|)|\\bif\\s*\\(${name}\\b`,
  ).test(withoutComments(file.text.slice(fact.end, end), file.language))
}

/** An empty handler. One with a comment says why, and that is a decision, not an oversight. */
function isDropped({ file }: View, fact: Fact): boolean {
  if (EXPECTED.test((fact.captures['handler'] ?? '').split('\n', 1)[0] ?? '')) return false
  if (fact.captures['form'] === 'promise')
    return (
      !isRaced(file, fact) &&
      !isTakenAsAnswer(file, fact) &&
      /^(?:async\s*)?\(?[\w$]*\)?\s*=>\s*(?:\{\s*\}|null|undefined|void 0)$/.test(
        fact.captures['handler'] ?? '',
      )
    )
  const body = (fact.captures['body'] ?? '').trim()
  if (!isPython(file)) return /^\{\s*\}$/.test(body)
  return /^(?:pass|continue)$/.test(body) && !/#/.test(fact.captures['handler'] ?? '')
}

/** An answer that is read as if the call had worked: these libraries do not fail on 4xx and 5xx. */
export const statusUnchecked: Judgement = {
  names: ['call', 'answer'],
  judge: (view) => {
    if (isRunByHand(view.file)) return []
    if (!isPython(view.file) && mayRunInBrowser(view.file)) return []
    return outboundCalls(view.code, view.file).flatMap((call) => {
      const answer = call.fact.captures['binding'] ?? ''
      if (!isQuietAboutStatus(call, view) || !isReadUnchecked(view, call, answer)) return []
      if (isAccepted(view, call) || isCheckOfPerson(view, call)) return []
      if (isLookedAtByCaller(view, call, answer)) return []
      return [observe(view, call.fact, { names: { call: call.callee, answer } })]
    })
  },
}

/** A handler that takes every failure for nothing, without a word. */
const NOTHING =
  /^\{?\s*(?:pass|continue|(?:return\s*(?:\[\]|\{\}|null|undefined|None|''|"")?)?\s*;?)\s*\}?$/

/** Where every failure is nothing, so is a refusal, unless its body is handed on as it came. */
function isAccepted({ file }: View, { fact }: OutboundCall): boolean {
  return factsOf(file, 'catch-block').some(({ captures, spans }) => {
    const { tried } = spans
    if (tried === undefined || !within(fact, tried)) return false
    if (!NOTHING.test(withoutComments(captures['body'] ?? '', file.language).trim())) return false
    return !isHandedWhole(captures['tried'] ?? '', fact.captures['binding'] ?? '')
  })
}

function isHandedWhole(text: string, answer: string): boolean {
  const read = `(?:await\\s+)?${RegExp.escape(answer)}\\s*\\.\\s*(?:json|text|content|blob)\\b`
  if (
    new RegExp(
      `(?:\\breturn\\s+|[(,]\\s*)\\(?${read}(?:\\(\\))?\\)?\\s*(?:as\\b|[;,)}\\n]|$)`,
    ).test(text)
  )
    return true
  const body = new RegExp(`\\b([\\w$]+)\\s*(?::[^=\\n]{0,80})?=\\s*\\(?${read}`).exec(text)?.[1]
  if (body === undefined) return false
  return new RegExp(
    `\\breturn\\s+${RegExp.escape(body)}\\s*(?:as\\b|[;}\\n]|$)|[(,]\\s*${RegExp.escape(body)}\\s*[,)]`,
  ).test(text)
}

/**
 * A function that hands the body on as it came, and a place in the file that asks what it gave
 * whether it is an error.
 */
function isLookedAtByCaller({ file }: View, { fact }: OutboundCall, answer: string): boolean {
  const home = functionAround(file, fact)
  const name = home?.captures['name'] ?? home?.scope?.name ?? ''
  if (home === null || !/^[\w$]{1,60}$/.test(name)) return false
  if (!isHandedWhole(home.text, answer)) return false
  const taken = new RegExp(
    `\\b([\\w$]{1,60})\\s*(?::[^=\\n]{0,80})?=\\s*(?:await\\s+)?(?:this\\.|self\\.)?#?${RegExp.escape(name)}\\(`,
    'g',
  )
  return [...file.text.matchAll(taken)].some(({ 1: given = '' }) =>
    new RegExp(
      `\\b${RegExp.escape(given)}(?:\\??\\.(?:errors?|error_\\w{1,30}|ok|success)\\b|\\.get\\(["']errors?["']|\\[["']errors?["']\\])`,
    ).test(file.text),
  )
}

/** A service that tells people from programs says `success: false`, or nothing: both refuse. */
function isCheckOfPerson(view: View, { fact }: OutboundCall): boolean {
  return /captcha|turnstile|siteverify/i.test(`${view.file.path}\n${fact.args[0] ?? ''}`)
}

/** Sessions and clients as their libraries make them; a class of its own may look at every answer. */
const PLAIN_SESSION =
  /^(?:requests\.[Ss]ession|[Ss]ession|httpx\.(?:Async)?Client|(?:Async)?Client)$/
/** What makes a session look at every answer by itself. */
const LOOKS_ITSELF = /raise_for_status|hooks\b|\bauth_?flow\b|transport\s*=/

function isQuietAboutStatus({ client, options, method }: OutboundCall, { file }: View): boolean {
  if (client.package === 'fetch' || client.package === 'node-fetch')
    return /fetch$/.test(method) && !options.open
  if (client.package !== 'requests' && client.package !== 'httpx') return false
  if (client.constructed === null) return true
  if (!/^(?:get|post|put|patch|delete|request)$/.test(method)) return false
  if (!PLAIN_SESSION.test(client.constructed.fact.captures['ctor'] ?? '')) return false
  return !LOOKS_ITSELF.test(file.text) && !LOOKS_ITSELF.test(client.constructed.file.text)
}

/** An address that is put together may be one of our own, unless a credential goes along. */
function isForeign(view: View, call: OutboundCall): boolean {
  if (call.host !== null || /\bauthorization\b|api-?key/i.test(call.fact.text)) return true
  return leadsOut(call, view) && isServerSide(view)
}

/** A page of the very server that was asked: its address is taken from the request. */
function isOwnPage({ fact }: OutboundCall): boolean {
  return /^new URL\([\s\S]{0,300},\s*(?:req|request)\.(?:url|nextUrl(?:\.\w+)?)\s*,?\s*\)$/.test(
    fact.args[0] ?? '',
  )
}

function isReadUnchecked(view: View, call: OutboundCall, answer: string): boolean {
  const { file } = view
  if (!/^[A-Za-z_$][\w$]*$/.test(answer) || !HTTP_PACKAGES.has(call.client.package)) return false
  const text = surroundings(file, call.fact)
  if (call.client.package === 'fetch' && !isForeign(view, call)) return false
  const name = RegExp.escape(answer)
  const read = new RegExp(`\\b${name}\\s*\\.\\s*(?:json|text|blob|content|headers)\\b`).test(text)
  const looked = new RegExp(
    `\\b${name}\\s*\\??\\.\\s*(?:ok|status|statusCode|status_code|is_success|is_error|raise_for_status|reason)\\b`,
  ).test(text)
  // Handed on, returned or renamed, somebody else may look at it.
  const handed = new RegExp(
    `[(,=]\\s*${name}\\s*[),;\\n]|\\breturn\\s+${name}\\s*[,;\\n}]|\\{[^{}\\n]*\\}\\s*=\\s*${name}\\b|\\bif\\s*\\(?\\s*(?:not\\s+|!)?${name}\\b`,
  ).test(text)
  // A schema that demands something refuses the body of an error.
  const demanded = new RegExp(
    `(?<!\\bJSON)\\.(?:parse|parseAsync|safeParse)\\(\\s*(?:await\\s+)?${name}\\s*\\.\\s*json\\(`,
  ).test(text)
  if (failsByItself(text, name, file.language) || isOwnPage(call)) return false
  return read && !looked && !handed && !demanded && !looksIntoBody(text, name, isPython(file))
}

/**
 * Whether the body is told from an error by what it says: by a schema, or, as with Slack, by a
 * field of its own (https://docs.slack.dev/apis/web-api/#responses).
 */
function looksIntoBody(text: string, answer: string, python: boolean): boolean {
  const caught = python && /\bexcept\b[^:\n]{0,200}\bKeyError\b/.test(text)
  const body = new RegExp(
    `\\b([\\w$]+)\\s*(?::[^=\\n]{0,80})?=\\s*\\(?(?:await\\s+)?${answer}\\s*\\.\\s*(?:json\\(|text\\b|content\\b)`,
  ).exec(text)?.[1]
  if (body === undefined || caught) return caught
  const name = RegExp.escape(body)
  const field = `\\b${name}\\s*(?:\\??\\.\\s*|\\[["']|\\.get\\(["'])(?:ok|success|errors?|error_?(?:code|message|description)|status)\\b`
  const code = `\\b${name}(?:\\??\\.code|\\[["']code["']\\]|\\.get\\(["']code["']\\))\\s*[=!]==?\\s*["']?(?:0|2\\d\\d|[A-Z_]{2})`
  const word = `\\b${name}\\s*\\.\\s*(?:includes|indexOf|startsWith)\\(\\s*["'\`][^"'\`\\n]{0,40}(?:ok|success|valid)\\b`
  const lacks = python
    ? `\\bif\\s+(?:not\\s+${name}\\.get\\(|["']\\w{1,40}["']\\s+not\\s+in\\s+${name}\\b)[^\\n]{0,80}:\\s*raise\\b`
    : `\\bif\\s*\\([^\\n]{0,80}!${name}\\??\\.[\\w.?]{1,60}\\)\\s*\\{?\\s*throw\\b`
  const schema = `\\b(?:safeParse|parse|parseAsync|isArray|isinstance|model_validate|parse_obj|validate)\\w*\\(\\s*${name}\\b`
  return (
    new RegExp(`${field}|${code}|${lacks}|${schema}`).test(text) ||
    new RegExp(word, 'i').test(text) ||
    new RegExp(`["']errors?["']\\s+in\\s+${name}\\b`).test(text)
  )
}
