const DATE = /^(\d{2})\.(\d{2})\.(\d{4})$/
const AMOUNT = /^(-?)(\d{1,3}(?:\.\d{3})*|\d+),(\d{2})$/

export class LineError extends Error {
  constructor(field, line) {
    super(`line ${line}: ${field} not readable`)
    this.field = field
    this.line = line
  }
}

/** `03.04.2025` is the third of April. */
function isoDate(text, line) {
  const match = DATE.exec(text)
  if (!match) throw new LineError('date', line)
  const [, day, month, year] = match
  return `${year}-${month}-${day}`
}

/** `-1.234,56` becomes -123456. */
function cents(text, line) {
  const match = AMOUNT.exec(text)
  if (!match) throw new LineError('amount', line)
  const [, sign, whole, fraction] = match
  const value = Number(whole.replaceAll('.', '') + fraction)
  return sign === '-' ? -value : value
}

export function parseLine(record, line) {
  if (record.Waehrung !== 'EUR') throw new LineError('currency', line)
  return {
    bookedOn: isoDate(record.Buchungstag, line),
    amountCents: cents(record.Betrag, line),
    currency: 'EUR',
    text: String(record.Verwendungszweck ?? '').slice(0, 500),
    reference: record.Buchungsreferenz,
  }
}
