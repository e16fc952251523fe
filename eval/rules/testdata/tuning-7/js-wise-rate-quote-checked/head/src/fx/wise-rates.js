import Big from 'big.js';
import { config } from '../config.js';

const CURRENCY = /^[A-Z]{3}$/;
const ZERO_DECIMAL = new Set(['JPY', 'KRW', 'VND', 'CLP', 'ISK']);

export class RateUnavailable extends Error {
  constructor(pair, cause) {
    super(`no rate for ${pair}`, { cause });
    this.name = 'RateUnavailable';
  }
}

async function fetchRate(source, target) {
  const url = new URL('https://api.wise.com/v1/rates');
  url.search = new URLSearchParams({ source, target }).toString();
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${config.wise.token}` },
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`wise answered ${response.status}`);
  }
  const [entry] = await response.json();
  if (entry?.source !== source || entry.target !== target || !(entry.rate > 0)) {
    throw new Error('wise answered in an unknown format');
  }
  return new Big(entry.rate);
}

function exponent(currency) {
  return ZERO_DECIMAL.has(currency) ? 0 : 2;
}

export async function convertMinor(amountMinor, source, target) {
  if (!CURRENCY.test(source) || !CURRENCY.test(target) || !Number.isSafeInteger(amountMinor)) {
    throw new TypeError('convertMinor needs an integer amount and two currency codes');
  }
  let rate;
  try {
    rate = await fetchRate(source, target);
  } catch (err) {
    throw new RateUnavailable(`${source}/${target}`, err);
  }

  const shift = new Big(10).pow(exponent(target) - exponent(source));
  return new Big(amountMinor).times(rate).times(shift).round(0, Big.roundHalfEven).toNumber();
}
