import { expect, test } from 'vitest'
import { moduleAliases } from '#core/inventory/module-aliases'
import { homesOf } from '#core/inventory/repository-modules'
import { placesIn } from '../../support/take-inventory-of.ts'
import { matrixOf } from '../../support/take-matrix-of.ts'

const CLIENT = "import Stripe from 'stripe'\nexport const stripe = new Stripe(env('STRIPE_KEY'))\n"
const call = (module: string) =>
  `import { stripe } from '${module}'\nexport const refund = (charge: string) => stripe.refunds.create({ charge })\n`

test.each([
  [
    'a package of the workspace',
    '@acme/lib/payments/stripe',
    { 'packages/lib/package.json': '{ "name": "@acme/lib" }' },
    'packages/lib/payments/stripe.ts',
  ],
  [
    'the sources of a package, its index meant',
    'billing',
    { 'libs/billing/package.json': '{ "name": "billing", "version": "1.0.0" }' },
    'libs/billing/src/index.ts',
  ],
  [
    'a pattern of the compiler, with comments and a base',
    '@payments/stripe',
    {
      'apps/web/tsconfig.json':
        '{\n  // where things are\n  "compilerOptions": { "baseUrl": "./app", "paths": { "@payments/*": ["./billing/*"], } }\n}',
    },
    'apps/web/app/billing/stripe.ts',
  ],
])(
  'a client that is shared by the name of %s is seen where it is called',
  async (_, module, files, home) => {
    const places = await placesIn({
      ...files,
      [home]: CLIENT,
      'apps/web/routes/refund.ts': call(module),
    })
    expect(places).toEqual([
      'stripe outbound-call apps/web/routes/refund.ts:2 stripe.refunds.create',
    ])
  },
)

test('a webhook that is checked with such a client belongs to its provider', async () => {
  const places = await placesIn({
    'packages/lib/package.json': '{ "name": "@acme/lib" }',
    'packages/lib/stripe.ts': CLIENT,
    'apps/web/hook.ts':
      "import { stripe } from '@acme/lib/stripe'\nexport const receive = async (req: Request) => {\n  const event = stripe.webhooks.constructEvent(await req.text(), req.headers.get('stripe-signature'), secret)\n  return event.id\n}\n",
  })
  expect(places).toHaveLength(1)
  expect(places[0]).toContain('stripe inbound-webhook apps/web/hook.ts:')
})

test('the matrix follows the same names', async () => {
  const { calls } = await matrixOf({
    'packages/lib/package.json': '{ "name": "@acme/lib" }',
    'packages/lib/stripe.ts': CLIENT,
    'apps/web/refund.ts': call('@acme/lib/stripe'),
  })
  expect(calls.map(({ integration, path }) => `${integration} ${path}`)).toEqual([
    'stripe apps/web/refund.ts',
  ])
})

test('a pattern counts below its settings only, and never leaves the repository', () => {
  const at = (path: string, text: string) => moduleAliases([{ path, text }])
  const paths = (target: string) => `{ "compilerOptions": { "paths": { "@x/*": ["${target}"] } } }`
  const own = at('apps/web/tsconfig.json', paths('./src/*'))
  expect(own.stems('apps/web/a.ts', '@x/b')).toEqual(['apps/web/src/b'])
  expect(own.stems('apps/api/a.ts', '@x/b')).toEqual([])
  expect(at('tsconfig.json', paths('../../other/*')).stems('a.ts', '@x/b')).toEqual([])
  expect(at('tsconfig.json', '{ broken').stems('a.ts', '@x/b')).toEqual([])
})

test('a name that a manifest gives leads nowhere in other languages', () => {
  const aliases = moduleAliases([
    { path: 'libs/stripe/package.json', text: '{ "name": "stripe" }' },
  ])
  expect(homesOf('a.py', 'stripe', 'python', aliases)).not.toContain('libs/stripe/index.ts')
  expect(homesOf('a.ts', 'stripe', 'typescript', aliases)).toContain('libs/stripe/index.ts')
})

test.each([
  ['open comments', '/* '.repeat(33_000)],
  ['an open string of escapes', `"${'\\"'.repeat(49_000)}`],
])('settings of %s are given up at once', (_, text) => {
  const started = process.threadCpuUsage()
  expect(moduleAliases([{ path: 'tsconfig.json', text }]).stems('src/a.ts', '@app/b')).toEqual([])
  const { user, system } = process.threadCpuUsage(started)
  expect((user + system) / 1_000).toBeLessThan(500)
})
