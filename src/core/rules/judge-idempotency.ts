import type { Fact } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { HTTP_PACKAGES, type OutboundCall, outboundCalls } from '#core/rules/calls'
import { factsOf, isPython, surroundings } from '#core/rules/code'
import { readObject, withoutComments } from '#core/rules/code-text'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'

/**
 * Calls of Stripe's SDKs that move money. Others can be repeated with less harm: a second capture
 * or confirmation of one PaymentIntent is refused (https://docs.stripe.com/payments/paymentintents/lifecycle).
 */
const STRIPE_SCRIPT =
  /\.(?:paymentIntents|charges|refunds|transfers|payouts|topups|subscriptions)\.create$/
const STRIPE_PYTHON =
  /\.(?:PaymentIntent|Charge|Refund|Transfer|Payout|Topup|Subscription)\.create(?:_async)?$/
/** Path parts of HTTP interfaces under which a POST moves money. */
const MONEY_PATH =
  /\/(?:payment_intents|payments?|charges?|refunds?|transfers?|payouts?|captures?)(?:[/?#]|$)/i
const KEY_OPTION = /^(?:idempotencyKey|idempotency_key)$/

/** A call that moves money and can be repeated, without the key that makes repeating harmless. */
export const paymentWithoutKey: Judgement = {
  names: ['call', 'provider', 'header'],
  judge: (view) =>
    outboundCalls(view.code, view.file).flatMap((call) => {
      const provider =
        view.providers.byPackage(call.client.package) ??
        providerOfHost(view, call) ??
        providerOfClass(view, call)
      if (provider?.idempotencyHeader == null) return []
      const missing = isStripeCall(call, view)
        ? lacksOption(call, view)
        : isMoneyPost(call) && lacksHeader(call, view, provider.idempotencyHeader)
      if (!missing) return []
      return [
        observe(view, call.fact, {
          provider,
          names: { call: call.callee, provider: provider.name, header: provider.idempotencyHeader },
        }),
      ]
    }),
}

function providerOfHost(view: View, { host }: OutboundCall) {
  return host === null ? null : view.providers.byHost(host)
}

/** A client of one's own that is named for its provider and takes the address from outside. */
function providerOfClass({ file, providers }: View, { fact, client, host }: OutboundCall) {
  if (host !== null || !HTTP_PACKAGES.has(client.package)) return null
  const around = factsOf(file, 'function').filter(
    (one) => one.captures['form'] === 'class' && within(fact, one),
  )
  const name = around.at(-1)?.captures['name'] ?? ''
  const stem = file.path.replace(/^.*\//, '').replace(/\.\w+$/, '')
  const words = `${name} ${stem}`.replace(/([a-z])([A-Z])/g, '$1 $2').split(/[^A-Za-z0-9]+/)
  const found = [...words, name, stem].flatMap((word) => providers.byWord(word.toLowerCase()) ?? [])
  const ids = new Set(found.map((one) => one.id))
  return ids.size === 1 ? (found[0] ?? null) : null
}

function isStripeCall(call: OutboundCall, view: View): boolean {
  if (call.client.package !== 'stripe') return false
  if (!(isPython(view.file) ? STRIPE_PYTHON : STRIPE_SCRIPT).test(call.callee)) return false
  if (isWholeRefund(call) || takesTokenOfBrowser(call)) return false
  return !isConfirmedLater(call, view) && !isPaidLater(call, view)
}

/** A secret that is handed out, with which the customer confirms the payment in the browser. */
const SECRET_READ =
  /(?:\.|\[["'])client_?[sS]ecret\b|\{[^{}\n]{0,80}\bclient_secret\b[^{}\n]{0,80}\}\s*=/
const CONFIRMS = /\bconfirm["']?\s*(?:[:=]\s*(?![fF]alse\b|_)|[,}])|\boff_session\b/
const CONFIRM_CALL = /intents?\w{0,20}\.confirm(?:_async)?\(/i
const WAITS =
  /\b(?:payment_method|payment_method_types|automatic_payment_methods|capture_method|setup_future_usage)\b/

/**
 * An intent that nobody confirms here moves nothing: a second one is left lying
 * (https://docs.stripe.com/payments/paymentintents/lifecycle).
 */
function isConfirmedLater({ callee, fact }: OutboundCall, { file }: View): boolean {
  if (!/paymentIntents?\.create/i.test(callee)) return false
  const around = withoutComments(surroundings(file, fact), file.language)
  if (CONFIRMS.test(around)) return false
  if (SECRET_READ.test(around) || WAITS.test(fact.text)) return true
  return isSeenWhole(fact, around) && !CONFIRM_CALL.test(withoutComments(file.text, file.language))
}

/** Whether all parameters of a call can be read here: nobody else can have added one. */
function isSeenWhole({ args, text, language }: Fact, around: string): boolean {
  const [given = ''] = args
  if (given.startsWith('{')) return !/\.\.\.|[{,]\s*\[/.test(given)
  if (language === 'python' && !/^\w+$/.test(given)) return !text.includes('**')
  if (!/^\w+$/.test(given) || /\.\.\.|\*\*/.test(around)) return false
  return new RegExp(`\\b${given}\\b\\s*(?::[^=\\n]{1,80})?=\\s*(?:\\{|dict\\()`).test(around)
}

const DEFAULT_INCOMPLETE = /\bpayment_behavior["']?\s*[:=]\s*["']default_incomplete["']/
const OF_CUSTOMER = /\bcustomer["']?\s*[:=]\s*(\w+)(?:\.id\b|\[["']id["']\])/
const HAS_CARD = /payment_?method|paymentMethod|\bsource\b|default_source|\btoken\b|\bcard\b/i

/**
 * A subscription whose first invoice waits until the customer confirms it; who never does has paid
 * nothing (https://docs.stripe.com/api/subscriptions/create#create_subscription-payment_behavior).
 * From a customer made in the same breath, without a card, nothing can be taken either.
 */
function isPaidLater({ callee, fact }: OutboundCall, { file }: View): boolean {
  if (!/subscriptions?\.create/i.test(callee)) return false
  const around = withoutComments(surroundings(file, fact), file.language)
  if (DEFAULT_INCOMPLETE.test(parametersOf(fact, around))) return true
  const customer = OF_CUSTOMER.exec(fact.text)?.[1]
  if (customer === undefined || HAS_CARD.test(around)) return false
  const made = `\\b${customer}\\s*=\\s*(?:await\\s+)?[\\w.]{0,40}customers?\\.create(?:_async)?\\(`
  return new RegExp(made, 'i').test(around)
}

/** What a call is given: what stands in it, and what the name that stands in it was made of. */
function parametersOf({ args, text, language }: Fact, around: string): string {
  const given = withoutComments(text, language)
  const name = args.find((arg) => /^\w{1,60}$/.test(arg))
  if (name === undefined) return given
  const made = new RegExp(`\\b${name}\\b\\s*(?::[^=\\n]{1,80})?=\\s*[^;]{0,800}`).exec(around)
  return `${given}\n${made?.[0] ?? ''}`
}

/** A token that the browser was given is good for one charge (https://docs.stripe.com/api/tokens). */
function takesTokenOfBrowser({ callee, fact }: OutboundCall): boolean {
  return (
    /charges?\.create/i.test(callee) &&
    /\bsource["']?\s*[:=]\s*[^,)}\n]{0,80}token/i.test(fact.text) &&
    !/\bcustomer\b/.test(fact.text)
  )
}

/** Stripe refuses to give a whole charge back twice; parts of it can be given back again and again. */
function isWholeRefund({ callee, fact }: OutboundCall): boolean {
  const [given = ''] = fact.args
  const isRead =
    (given.startsWith('{') && !given.includes('...')) ||
    (!given.startsWith('{') && fact.language === 'python')
  return /refunds?\.create/i.test(callee) && isRead && !/amount|\*\*/i.test(fact.text)
}

function lacksOption({ fact, options }: OutboundCall, view: View): boolean {
  if (isPython(view.file))
    return !options.open && ![...options.entries.keys()].some((key) => KEY_OPTION.test(key))
  if (fact.args.some((arg) => arg.startsWith('...'))) return false
  // The parameters come first, the request options last: an id may stand before both.
  const last = fact.args.length > 1 ? fact.args.at(-1) : undefined
  if (last === undefined) return !/idempotency/i.test(fact.text)
  const read = readObject(last, view.file.language)
  return !read.open && ![...read.entries.keys()].some((key) => KEY_OPTION.test(key))
}

function isMoneyPost({ method, url, fact, options, client }: OutboundCall): boolean {
  const address = url ?? fact.args.find((arg) => /^f?["'`]/.test(arg))?.replace(/["'`]$/, '') ?? ''
  if (!MONEY_PATH.test(address)) return false
  if (method === 'post') return true
  const asked = options.entries.get('method') ?? ''
  return (
    /post/i.test(asked) &&
    (client.package === 'fetch' || method === 'request' || method === 'axios')
  )
}

function lacksHeader({ options, client, fact }: OutboundCall, view: View, header: string): boolean {
  if (options.open || client.options.open) return false
  if (client.constructed !== null && !isMadeWithoutKey(view, client)) return false
  if (fact.text.toLowerCase().includes(header)) return false
  const headers = options.entries.get('headers')
  if (headers === undefined || !readObject(headers, view.file.language).open) return true
  return (
    areMadeHere(view, headers) &&
    !/idempot/i.test(withoutComments(view.file.text, view.file.language))
  )
}

/** A client that this file makes itself, with headers that can be read, and nothing that adds one. */
function isMadeWithoutKey(
  { file }: View,
  { constructed, options, defaulted }: OutboundCall['client'],
) {
  if (
    constructed?.file !== file ||
    defaulted ||
    /idempot|interceptors|beforeRequest/i.test(file.text)
  )
    return false
  const headers = options.entries.get('headers')
  return headers === undefined || !readObject(headers, file.language).open
}

/** Headers that this file puts together itself, in one place and from nothing that is open. */
function areMadeHere({ file }: View, headers: string): boolean {
  const name = /^(?:(?:this|self)\.)?_?(\w+)$/.exec(headers)?.[0]
  if (name === undefined) return false
  const made = [
    ...file.text.matchAll(
      new RegExp(
        `${RegExp.escape(name)}\\s*(?::[^=\\n]{1,60})?=\\s*(\\{[^{}]*(?:\\{[^{}]*\\}[^{}]*)*\\})`,
        'g',
      ),
    ),
  ]
  const [only] = made
  return made.length === 1 && !/\.\.\.|\*\*/.test(only?.[1] ?? '...')
}
