const EXPONENTS: Record<string, number> = { JPY: 0, HUF: 0, TWD: 0 };

export function currencyExponent(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

export function toMinorUnits(value: string, exponent: number): number {
  const m = /^(\d+)(?:\.(\d+))?$/.exec(value);
  const fraction = m?.[2] ?? '';
  if (!m || fraction.length > exponent) {
    throw new RangeError(`not an amount: ${value}`);
  }
  return Number(m[1] + fraction.padEnd(exponent, '0'));
}
