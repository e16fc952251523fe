import type { Random } from './random.ts'

/** Sorts of made-up text; `integration` talks to a payment provider, the others to nobody. */
export type Sort = 'integration' | 'domain' | 'python' | 'go' | 'prose' | 'data' | 'lock'

type Lines = readonly [string, ...string[]]

// `$` is a made-up name, `#` a number.
const DOMAIN: Lines = [
  'export function $(order: Order, $: number): Total {',
  '  const $ = order.lines.map((line) => line.price * line.amount)',
  '  if ($ > #) return { $, currency: order.currency }',
  '  // The rounding follows the invoice, not the basket: see the notes on $.',
  "  logger.info({ order: order.id, $ }, 'order $ is settled')",
  '  for (const $ of order.items) total += $.amount * #',
  '  return $.filter(({ state }) => state !== "$").sort(by$)',
  "import { $, type $ } from '../orders/$'",
  '  await repository.save({ ...order, $: #, updated: clock.now() })',
  '}',
  '',
]
const INTEGRATION: Lines = [
  "import Stripe from 'stripe'",
  'const $ = new Stripe(process.env.STRIPE_SECRET_KEY, { maxNetworkRetries: # })',
  '  const $ = await stripe.paymentIntents.create({ amount: #, currency }, { idempotencyKey: $ })',
  "  const $ = await fetch('https://api.example-bank.io/v1/$', { method: 'POST', body: $ })",
  "  if (!verify(request.headers['x-hub-signature-256'], $)) return reply.code(401).send()",
  "app.post('/webhooks/$', async (request, reply) => {",
  '  await sqs.sendMessage({ QueueUrl: process.env.$_QUEUE_URL, MessageBody: JSON.stringify($) })',
]
const PYTHON: Lines = [
  'def $(order, $=None):',
  '    """Returns the $ of an order."""',
  '    total = sum(line.price * line.amount for line in order.$)',
  '    if total > #:',
  '        raise ValueError(f"order {order.id} exceeds $")',
  '    return Total(total, currency=order.currency)  # rounded as the invoice is',
  'from orders.models import $',
  '',
]
const GO: Lines = [
  'func (s *Service) $(ctx context.Context, id string) (*Order, error) {',
  '\tif err := s.store.$(ctx, id, #); err != nil {',
  '\t\treturn nil, fmt.Errorf("load $: %w", err)',
  '\t}',
  '\tfor _, line := range order.$ { total += line.Price * # }',
  '\treturn &Order{ID: id, $: total}, nil',
  '}',
  '',
]
const PROSE: Lines = [
  'The $ of an order is computed once; later changes of $ do not move it.',
  '- set `$` to # and restart the worker',
  'See also the chapter on $, which tells where the totals come from.',
  '',
]
const DATA: Lines = ['  "$": "$ $ # $",', '  "$.$": "{count} $",']
const LOCK: Lines = [
  '    "node_modules/$-$": {',
  '      "version": "#.#.#",',
  '      "resolved": "https://registry.npmjs.org/$/-/$-#.#.#.tgz",',
  '      "integrity": "sha512-$$$$$$==",',
  '    },',
]
const TEMPLATES: Readonly<Record<Sort, Lines>> = {
  integration: DOMAIN,
  domain: DOMAIN,
  python: PYTHON,
  go: GO,
  prose: PROSE,
  data: DATA,
  lock: LOCK,
}

const SYLLABLES: Lines = ['or', 'der', 'pri', 'ce', 'lin', 'tot', 'al', 'bas', 'ket', 'ship', 'ar']
const TALKING = 8
/** As many different names as a large program has. */
const NAMES = 20_000

/** Writes made-up code. */
export interface Writer {
  /** One line of the given sort, about forty characters long. */
  line(sort: Sort): string
  /** A name of two to six syllables, sometimes of two words. */
  name(): string
}

/** A writer with a vocabulary of its own. */
export function createWriter(random: Random): Writer {
  const names = Array.from({ length: NAMES }, () => madeName(random))
  const name = () => names[random.int(NAMES)] ?? ''
  return {
    name,
    line(sort) {
      const talks = sort === 'integration' && random.int(TALKING) === 0
      const template = random.pick(talks ? INTEGRATION : TEMPLATES[sort])
      return template.replace(/[$#]/g, (slot) => (slot === '#' ? String(random.int(1000)) : name()))
    },
  }
}

function madeName(random: Random): string {
  const word = () =>
    Array.from({ length: 2 + random.int(2) }, () => random.pick(SYLLABLES)).join('')
  const [first, second] = [word(), word()]
  return random.int(3) > 0 ? first : `${first}${second.charAt(0).toUpperCase()}${second.slice(1)}`
}
