const EXPONENTS: Readonly<Record<string, number>> = { EUR: 2, SEK: 2, USD: 2, JPY: 0, KRW: 0, KWD: 3, BHD: 3 }

export class AmountError extends Error {}

/** `decimal` as in the ledger, for example "12.5"; the result is what the gateways call minor units. */
export function toMinorUnits(decimal: string, currency: string): number {
  const exponent = EXPONENTS[currency]
  if (exponent === undefined) {
    throw new AmountError(`currency not supported: ${currency}`)
  }
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(decimal)
  if (!match) {
    throw new AmountError(`not an amount: ${decimal}`)
  }
  const [, whole, fraction = ''] = match
  if (/[1-9]/.test(fraction.slice(exponent))) {
    throw new AmountError(`${decimal} has more digits than ${currency} has`)
  }
  return Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0'))
}
