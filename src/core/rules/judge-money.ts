import type { Fact } from '#core/facts/fact'
import type { OutboundCall } from '#core/rules/calls'
import { outboundCalls } from '#core/rules/calls'
import { isPython, surroundings } from '#core/rules/code'
import { readObject, withoutComments } from '#core/rules/code-text'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { codeOfFile } from '#core/rules/units'

const AMOUNT_KEYS = ['amount', 'unit_amount', 'application_fee_amount']
/** An amount of a line within `line_items`: its value up to the comma or the end of the object. */
const NESTED_AMOUNT =
  /\bprice_data["']?\s*:\s*\{[^{}]*?\bunit_amount["']?\s*:\s*((?:[^(),{}\n]|\([^()]*\))+)/
/** A column of a table that keeps decimal numbers. */
const COLUMN =
  '(?:models\\.DecimalField|(?:\\w+\\.)?(?:Column|mapped_column)\\(\\s*(?:\\w+\\.)?(?:Numeric|DECIMAL))'
const PRICE = '[\\w$.\\[\\]"\'()]+'

/** An amount in a currency's smallest unit that is made by multiplying a fraction. */
export const amountNotRounded: Judgement = {
  names: ['call', 'amount'],
  judge: (view) =>
    outboundCalls(view.code, view.file)
      .filter((call) => call.client.package === 'stripe')
      .flatMap((call) => {
        const amount = amountOf(call, view)
        if (amount === null || !isFraction(amount, view, call.fact)) return []
        const provider = view.providers.byPackage('stripe')
        const line = lineOf(call, amount)
        return [observe(view, call.fact, { provider, line, names: { call: call.callee, amount } })]
      }),
}

/** The line of an amount within a call that goes over several. */
function lineOf({ fact }: OutboundCall, amount: string): number {
  const before = fact.text.slice(0, Math.max(0, fact.text.indexOf(amount)))
  return fact.line + before.split('\n').length - 1
}

function amountOf(call: OutboundCall, view: View): string | null {
  const options = isPython(view.file)
    ? call.options
    : readObject(call.fact.args[0] ?? '', view.file.language)
  for (const key of AMOUNT_KEYS) {
    const value = options.entries.get(key)
    if (value !== undefined) return value
  }
  return NESTED_AMOUNT.exec(call.fact.text)?.[1] ?? null
}

function isFraction(amount: string, view: View, fact: Fact): boolean {
  if (!isPython(view.file))
    return new RegExp(
      `^(?:${PRICE}\\s*\\*\\s*100|(?:Math\\.(?:trunc|floor)|(?:Number\\.)?parseInt)\\(\\s*${PRICE}\\s*\\*\\s*100\\s*(?:,\\s*10\\s*)?\\)|~~\\s*\\(\\s*${PRICE}\\s*\\*\\s*100\\s*\\)|\\(\\s*${PRICE}\\s*\\*\\s*100\\s*\\)\\s*\\|\\s*0)$`,
    ).test(amount.trim())
  const price = new RegExp(`^int\\(\\s*(${PRICE})\\s*\\*\\s*100\\s*\\)$`).exec(amount)?.[1]
  return price !== undefined && !isDecimal(price, view, fact)
}

/** Whether a price is declared as a decimal number, whose product is exact. */
function isDecimal(price: string, { file }: View, fact: Fact): boolean {
  const name = /(\w{1,60})$/.exec(price)?.[1]
  if (name === undefined) return false
  const declared = new RegExp(
    `\\b${name}\\s*(?::\\s*(?:Optional\\[|Mapped\\[)?(?:decimal\\.)?Decimal\\b|(?::[^=\\n]{1,60})?=\\s*(?:(?:decimal\\.)?Decimal\\(|${COLUMN}))`,
  )
  // What another function calls so may be something else; a field is one for the whole file.
  const code = withoutComments(surroundings(file, fact), file.language)
  return declared.test(code) || (price.includes('.') && declared.test(codeOfFile(file)))
}
