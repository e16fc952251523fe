import type { OutboundCall } from '#core/rules/calls'
import { outboundCalls } from '#core/rules/calls'
import { isPython } from '#core/rules/code'
import { readObject } from '#core/rules/code-text'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'

const AMOUNT_KEYS = ['amount', 'unit_amount', 'application_fee_amount']
const PRICE = '[\\w$.\\[\\]"\'()]+'

/** An amount in a currency's smallest unit that is made by multiplying a fraction. */
export const amountNotRounded: Judgement = {
  names: ['call', 'amount'],
  judge: (view) =>
    outboundCalls(view.code, view.file)
      .filter((call) => call.client.package === 'stripe')
      .flatMap((call) => {
        const amount = amountOf(call, view)
        if (amount === null || !isFraction(amount, view)) return []
        const provider = view.providers.byPackage('stripe')
        return [observe(view, call.fact, { provider, names: { call: call.callee, amount } })]
      }),
}

function amountOf(call: OutboundCall, view: View): string | null {
  const options = isPython(view.file)
    ? call.options
    : readObject(call.fact.args[0] ?? '', view.file.language)
  for (const key of AMOUNT_KEYS) {
    const value = options.entries.get(key)
    if (value !== undefined) return value
  }
  return null
}

function isFraction(amount: string, view: View): boolean {
  if (!isPython(view.file)) return new RegExp(`^${PRICE}\\s*\\*\\s*100$`).test(amount)
  return new RegExp(`^int\\(\\s*${PRICE}\\s*\\*\\s*100\\s*\\)$`).test(amount)
}
