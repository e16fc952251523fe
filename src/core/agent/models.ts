/** Dollars per million tokens. Cache writes are those of the five-minute cache. */
export interface Price {
  readonly input: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly output: number
}

/** Tokens of one call, as the other side counted them. */
export interface TokenCounts {
  readonly inputTokens: number
  readonly cacheReadTokens: number
  readonly cacheWriteTokens: number
  readonly outputTokens: number
}

interface Priced {
  readonly price: Price
  /** Some models charge another price when the whole prompt is longer than `over` tokens. */
  readonly long?: { readonly over: number; readonly price: Price }
}

/** What Claude Code's short names stood for on 2026-11-20. */
const ALIASES: Readonly<Record<string, string>> = {
  opus: 'claude-opus-5-5',
  sonnet: 'claude-sonnet-5-5',
  haiku: 'claude-haiku-5-5',
  fable: 'claude-fable-5-1',
}

const OPUS_5: Priced = { price: { input: 5, cacheRead: 0.5, cacheWrite: 6.25, output: 25 } }
const SONNET_4: Priced = { price: { input: 3, cacheRead: 0.3, cacheWrite: 3.75, output: 15 } }
const FABLE_5: Priced = { price: { input: 10, cacheRead: 1, cacheWrite: 12.5, output: 50 } }
const FABLE_5_1: Priced = { price: { input: 10, cacheRead: 0.25, cacheWrite: 12.5, output: 50 } }

/** The day on which the prices were read: https://platform.claude.com/docs/en/about-claude/pricing */
export const PRICES_CHECKED = '2026-11-20'

const PRICES: Readonly<Record<string, Priced>> = {
  'claude-opus-5-5': { price: { input: 4, cacheRead: 0.2, cacheWrite: 5, output: 20 } },
  'claude-opus-5': OPUS_5,
  'claude-opus-4-8': OPUS_5,
  'claude-opus-4-7': OPUS_5,
  'claude-opus-4-6': OPUS_5,
  'claude-opus-4-5': OPUS_5,
  'claude-sonnet-5-5': { price: { input: 2, cacheRead: 0.1, cacheWrite: 2.5, output: 10 } },
  'claude-sonnet-5': { price: { input: 2, cacheRead: 0.2, cacheWrite: 2.5, output: 10 } },
  'claude-sonnet-4-6': SONNET_4,
  'claude-sonnet-4-5': SONNET_4,
  'claude-haiku-5-5': {
    price: { input: 0.1, cacheRead: 0.01, cacheWrite: 0.125, output: 0.5 },
    long: {
      over: 100_000,
      price: { input: 0.5, cacheRead: 0.05, cacheWrite: 0.625, output: 2.5 },
    },
  },
  'claude-haiku-4-5': { price: { input: 1, cacheRead: 0.1, cacheWrite: 1.25, output: 5 } },
  'claude-fable-5-1': FABLE_5_1,
  'claude-mythos-5-1': FABLE_5_1,
  'claude-fable-5': FABLE_5,
  'claude-mythos-5': FABLE_5,
}

/** The days on which the provider ends models, as its SDK warned of them in version 1.12.0. */
const RETIREMENTS: Readonly<Record<string, string>> = {
  'claude-sonnet-4-5': '2026-11-30',
  'claude-sonnet-4-5-20250929': '2026-11-30',
}

/** What a model costs that the table does not know: the most of everything, so no budget is passed. */
const HIGHEST: Price = FABLE_5.price

/**
 * The model id behind what an agent file or the operator wrote: an alias is resolved, an id stays
 * as it is, and `inherit` takes `inherited`.
 */
export function resolveModel(name: string, inherited = 'opus'): string {
  const wanted = name === 'inherit' ? inherited : name
  return ALIASES[wanted.toLowerCase()] ?? wanted
}

/** Who gives second opinions: one step below the model that reviews. */
const LIGHTER: readonly (readonly [RegExp, string])[] = [
  [/^claude-(?:opus|fable|mythos)-/, 'sonnet'],
  [/^claude-(?:sonnet|haiku)-/, 'haiku'],
]

/** A cheaper model of the same service; a model that the table does not know has only itself. */
export function lighterModel(model: string): string {
  if (!isPriced(model)) return model
  const lighter = LIGHTER.find(([family]) => family.test(model))?.[1]
  return lighter === undefined ? model : resolveModel(lighter)
}

/** The day on which a model ends, as `2026-11-30`; null where no end has been announced. */
export function retirementOf(model: string): string | null {
  return RETIREMENTS[model] ?? null
}

/** Whether the table knows what a model costs; of an unknown one the highest price is assumed. */
export function isPriced(model: string): boolean {
  return entryOf(model) !== undefined
}

/** The price of a call with a prompt of so many tokens, cached ones included. */
export function priceOf(model: string, promptTokens: number): Price {
  const entry = entryOf(model)
  if (entry === undefined) return HIGHEST
  return entry.long !== undefined && promptTokens > entry.long.over ? entry.long.price : entry.price
}

/** What a call cost, in dollars. */
export function costOf(model: string, tokens: TokenCounts): number {
  const prompt = tokens.inputTokens + tokens.cacheReadTokens + tokens.cacheWriteTokens
  const price = priceOf(model, prompt)
  const millionths =
    tokens.inputTokens * price.input +
    tokens.cacheReadTokens * price.cacheRead +
    tokens.cacheWriteTokens * price.cacheWrite +
    tokens.outputTokens * price.output
  return millionths / 1_000_000
}

/** Dated ids such as `claude-haiku-4-5-20251001` cost what their undated name costs. */
function entryOf(model: string): Priced | undefined {
  return PRICES[model] ?? PRICES[model.replace(/-20\d{6}$/, '')]
}
