import { type OutboundCall, outboundCalls } from '#core/rules/calls'
import { isPython } from '#core/rules/code'
import { readObject } from '#core/rules/code-text'
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
      const provider = view.providers.byPackage(call.client.package) ?? providerOfHost(view, call)
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

function isStripeCall(call: OutboundCall, view: View): boolean {
  if (call.client.package !== 'stripe') return false
  return (isPython(view.file) ? STRIPE_PYTHON : STRIPE_SCRIPT).test(call.callee)
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

function isMoneyPost({ method, url, options, client }: OutboundCall): boolean {
  if (url === null || !MONEY_PATH.test(url)) return false
  if (method === 'post') return true
  const asked = options.entries.get('method') ?? ''
  return (
    /post/i.test(asked) &&
    (client.package === 'fetch' || method === 'request' || method === 'axios')
  )
}

function lacksHeader({ options, client, fact }: OutboundCall, view: View, header: string): boolean {
  if (options.open || client.options.open || client.constructed !== null) return false
  if (fact.text.toLowerCase().includes(header)) return false
  const headers = options.entries.get('headers')
  return headers === undefined || !readObject(headers, view.file.language).open
}
