const EXPONENT: Record<string, number> = { EUR: 2, USD: 2, GBP: 2, JPY: 0, HUF: 0 };

/** "12.30", "EUR" -> 1230. PayPal sends HUF and JPY without decimals. */
export function toMinor(value: string, currency: string): number {
  const exponent = EXPONENT[currency];
  if (exponent === undefined) throw new RangeError(`currency ${currency} is not supported`);
  const m = /^(\d{1,12})(?:\.(\d+))?$/.exec(value);
  if (!m) throw new RangeError('amount is malformed');
  const fraction = (m[2] ?? '').padEnd(exponent, '0');
  if (fraction.length > exponent) throw new RangeError('amount has too many decimals');
  return Number(m[1] + fraction);
}
