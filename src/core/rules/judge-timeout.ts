import { within } from '#core/facts/scopes'
import { mayRunInBrowser, type OutboundCall, outboundCalls } from '#core/rules/calls'
import { factsOf, isPython } from '#core/rules/code'
import { asksThisMachine, handsOnNothing, isServerSide, leadsOut } from '#core/rules/leads-out'
import { atEach, type Judgement, type Observation, type View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { isRunByHand } from '#core/rules/run-by-hand'

/** Keys that bound how long a call may take, in the options of the libraries below. */
const BOUNDS = [
  'timeout',
  'signal',
  'timeout_seconds',
  'cancelToken',
  'agent',
  'dispatcher',
  'headersTimeout',
]
/** A stream of events is meant to stay open. */
const FOLLOWS = /text\/event-stream/i
/** Libraries that wait for ever, or for minutes, unless they are told otherwise. */
const PATIENT = new Set(['axios', 'fetch', 'got', 'node-fetch', 'requests', 'undici', 'urllib3'])
const PYTHON_METHODS = /^(?:get|post|put|patch|delete|head|request)$/
const SCRIPT_METHODS = /^(?:get|post|put|patch|delete|head|request|fetch|axios|got)$/

/** An HTTP call without a time limit: its own, its client's, or a default for all calls. */
export const callWithoutTimeout: Judgement = {
  names: ['call', 'target', 'library'],
  *judge(view) {
    if (!isPython(view.file) && mayRunInBrowser(view.file)) return
    if (isRunByHand(view.file)) return
    let server: boolean | undefined
    const onServer = () => {
      server ??= isServerSide(view)
      return server
    }
    const calls: OutboundCall[] = []
    for (const call of outboundCalls(view.code, view.file)) {
      if (waitsForEver(call, view, onServer)) calls.push(call)
      yield null
    }
    yield* atEach(calls, (call) =>
      isFirstOfClient(call, calls, view) && isFirstOfBase(call, calls, view)
        ? [patient(call, calls, view)]
        : [],
    )
  },
}

/** The call, and the others of its client or of its base: they wait for ever as well. */
function patient(call: OutboundCall, calls: readonly OutboundCall[], view: View): Observation {
  const construction = ownConstruction(call, view)
  const isLike = (one: OutboundCall) =>
    (construction !== null && ownConstruction(one, view) === construction) ||
    (baseOf(call) !== null && isOfOneBase(call, one, view))
  return observe(view, construction ?? call.fact, {
    range: call.fact,
    provider: call.host === null ? null : view.providers.byHost(call.host),
    names: {
      call: call.callee,
      // A host has letters, digits, dots and dashes only.
      target: call.host === null ? 'the other side' : `\`${call.host}\``,
      library: call.client.package,
    },
    evidence: calls.filter(isLike).map(({ fact }) => ({ path: view.file.path, line: fact.line })),
  })
}

function waitsForEver(call: OutboundCall, view: View, onServer: () => boolean): boolean {
  const { client, options, method } = call
  if (!PATIENT.has(client.package) || client.defaulted) return false
  if (!(isPython(view.file) ? PYTHON_METHODS : SCRIPT_METHODS).test(method)) return false
  if (client.options.open || isBounded(call) || asksThisMachine(call, view)) return false
  if (FOLLOWS.test(call.fact.text)) return false
  if (options.open && !handsOnNothing(call, view)) return false
  return goesOut(call, view, onServer) && !hasOwnSession(call)
}

/** Whether the call leaves the own system, and not from a browser. */
function goesOut(call: OutboundCall, view: View, onServer: () => boolean): boolean {
  const { client, host, url } = call
  // Without a literal address a fetch may stay within the own system, or run in a browser.
  if (client.package === 'fetch' || client.package === 'undici')
    return host !== null || (leadsOut(call, view) && onServer())
  // Axios is as common in browsers: only an address or a sign of a server tells.
  return client.package !== 'axios' || url !== null || hasBase(call) || onServer()
}

/** Whether the client was given the address of the other side. */
function hasBase({ client }: OutboundCall): boolean {
  return /^["'`]https?:/i.test(client.options.entries.get('baseURL') ?? '')
}

function isBounded({ options, client }: OutboundCall): boolean {
  return BOUNDS.some((key) => options.entries.has(key) || client.options.entries.has(key))
}

/** A class of its own may set the timeout inside: only the library's own session is certain. */
function hasOwnSession({ client }: OutboundCall): boolean {
  const ctor = client.constructed?.fact.captures['ctor']
  if (ctor === undefined) return false
  return !/^(?:requests\.[Ss]ession|Session|session|axios\.create|got\.extend|(?:urllib3\.)?PoolManager)$/.test(
    ctor,
  )
}

/** What makes a client with a limit for all of its calls; sessions of requests take none. */
const TAKES_TIMEOUT = /^(?:axios\.create|got\.extend|(?:urllib3\.)?PoolManager)$/

/** Where this file makes the client: there one line mends all of its calls. */
function ownConstruction({ client }: OutboundCall, { file }: View) {
  if (client.constructed?.file.path !== file.path) return null
  const { fact } = client.constructed
  return TAKES_TIMEOUT.test(fact.captures['ctor'] ?? '') ? fact : null
}

/** Several calls of a client that this file makes are one finding. */
function isFirstOfClient(call: OutboundCall, calls: readonly OutboundCall[], view: View): boolean {
  const made = ownConstruction(call, view)
  return made === null || calls.find((one) => ownConstruction(one, view) === made) === call
}

/** The field of a class to which a call adds its path: `this.baseUrl`. */
function baseOf({ fact }: OutboundCall): string | null {
  const field = /^(?:new URL\(|f?["'`])?(?:\$?\{)?((?:this|self)\.#?\w{1,60})\b/
  return field.exec(fact.args[0] ?? '')?.[1] ?? null
}

function isOfOneBase(one: OutboundCall, other: OutboundCall, { file }: View): boolean {
  if (baseOf(one) === null || baseOf(one) !== baseOf(other)) return false
  const classes = factsOf(file, 'function').filter(({ captures }) => captures['form'] === 'class')
  return !classes.some((home) => within(one.fact, home) !== within(other.fact, home))
}

/** The methods of one class that ask one side are mended in one place, and one finding. */
function isFirstOfBase(call: OutboundCall, calls: readonly OutboundCall[], view: View): boolean {
  return baseOf(call) === null || calls.find((one) => isOfOneBase(call, one, view)) === call
}
