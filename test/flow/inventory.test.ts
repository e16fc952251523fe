import { describe, expect, test } from 'vitest'
import { integrationDelta } from '#flow/integration-delta'
import type { At, FileContent } from '#flow/ports'
import { takeInventory } from '#flow/take-inventory'
import { changedFile } from '../support/builders.ts'
import { contentsOf, needs, placesOf } from '../support/take-inventory-of.ts'

const PAY = [
  "import Stripe from 'stripe'",
  "const stripe = new Stripe('k')",
  'stripe.refunds.create({ charge })',
  '',
].join('\n')

describe('an inventory of a whole repository', () => {
  test('leaves out tests, generated and vendored files, and what the settings exclude', async () => {
    const reads: string[] = []
    const files = {
      '.gitattributes': 'src/made.ts linguist-generated\n',
      'src/pay.ts': PAY,
      'src/made.ts': PAY,
      'src/old/pay.ts': PAY,
      'node_modules/stripe/pay.js': PAY,
      'src/pay.test.ts': PAY,
    }
    const { integrations } = await takeInventory(needs, {
      contents: contentsOf(files, reads),
      at: 'head',
      excluded: (path) => path.startsWith('src/old/'),
    })
    expect(integrations.flatMap(placesOf)).toEqual([
      'stripe outbound-call src/pay.ts:3 stripe.refunds.create',
    ])
    expect(reads).toEqual(['.gitattributes', 'src/pay.ts'])
  })
  test('reads the caller of a shared client, though it names no SDK', async () => {
    const files = {
      'src/stripe.ts': "import Stripe from 'stripe'\nexport const pay = new Stripe('k')\n",
      'src/refund.ts': "import { pay } from './stripe'\npay.refunds.create({})\n",
      'src/sum.ts': 'export const sum = 1\n',
    }
    const { integrations } = await takeInventory(needs, { contents: contentsOf(files), at: 'head' })
    expect(integrations.flatMap(placesOf)).toEqual([
      'stripe outbound-call src/refund.ts:2 pay.refunds.create',
    ])
  })
  test('names the files that it could not read, and passes over what is no file', async () => {
    const contents = {
      ...contentsOf({ 'src/pay.ts': PAY, 'src/odd.ts': '', 'src/link.ts': '' }),
      read: async (paths: readonly string[]) =>
        new Map(
          paths.map((path): [string, FileContent] => {
            if (path === 'src/odd.ts') return [path, { kind: 'refused', because: 'not text' }]
            if (path === 'src/link.ts')
              return [path, { kind: 'refused', because: 'a symbolic link' }]
            return [path, path === 'src/pay.ts' ? { kind: 'text', text: PAY } : { kind: 'missing' }]
          }),
        ),
    }
    const { unread } = await takeInventory(needs, { contents, at: 'head' })
    expect(unread.files).toEqual([{ path: 'src/odd.ts', because: 'not text' }])
  })
  test('is not hidden by the attributes of the branch that is looked at', async () => {
    const files = { 'src/pay.ts': PAY, '.gitattributes': 'src/** linguist-generated\n' }
    const head = contentsOf(files)
    const contents = {
      list: head.list,
      read: (paths: readonly string[], at: At) =>
        (at === 'tip' ? contentsOf({ 'src/pay.ts': PAY }) : head).read(paths),
    }
    const { integrations } = await takeInventory(needs, { contents, at: 'head' })
    expect(integrations.map(({ id }) => id)).toEqual(['stripe'])
  })
  test('with a bound reads no more, the files first that are called like an integration', async () => {
    const reads: string[] = []
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, n) => [`src/a${n}.ts`, 'export {}']),
    )
    await takeInventory(needs, {
      contents: contentsOf({ ...many, 'src/webhooks/stripe.ts': PAY, 'src/b.ts': '' }, reads),
      ...{ at: 'tip', first: ['src/b.ts'], most: 10 },
    })
    expect(reads).toHaveLength(10)
    expect(reads.slice(0, 2)).toEqual(['src/b.ts', 'src/webhooks/stripe.ts'])
  })
})

describe('what a change does to the integrations', () => {
  const delta = async (
    before: Readonly<Record<string, string>>,
    after: Readonly<Record<string, string>>,
    renamed: Readonly<Record<string, string>> = {},
  ) => {
    const paths = Object.keys(after)
    const base = contentsOf(before)
    const head = contentsOf(after)
    const found = await integrationDelta(
      {
        ...needs,
        contents: {
          read: (asked, at) => (at === 'base' ? base : head).read(asked),
          list: async (at) => ({
            paths: Object.keys(at === 'base' ? before : after),
            complete: true,
          }),
        },
      },
      {
        files: paths.map((path) => {
          const previousPath = renamed[path] ?? null
          const old = before[previousPath ?? path]
          const change = old === undefined ? 'added' : 'modified'
          return { ...changedFile(path, ''), previousPath, change }
        }),
        head: paths.flatMap((path) =>
          after[path] === undefined ? [] : [{ path, text: after[path] }],
        ),
      },
    )
    return found.inventory.map(({ change, text }) => `${change} ${text}`)
  }

  test('a new file adds its calls, a call that goes is taken away', async () => {
    expect(await delta({}, { 'src/pay.ts': PAY })).toEqual(['added stripe.refunds.create'])
    const less = PAY.replace('stripe.refunds.create({ charge })\n', '')
    expect(await delta({ 'src/pay.ts': PAY }, { 'src/pay.ts': less })).toEqual([
      'removed stripe.refunds.create',
    ])
  })
  test('a file under a new name changes nothing', async () => {
    expect(
      await delta({ 'src/old.ts': PAY }, { 'src/pay.ts': PAY }, { 'src/pay.ts': 'src/old.ts' }),
    ).toEqual([])
  })
  test('a shared client that moves is no new call of those who use it', async () => {
    const client = "import Stripe from 'stripe'\nexport const stripe = new Stripe('k')\n"
    const user = (from: string) => `import { stripe } from '${from}'\nstripe.customers.create({})\n`
    expect(
      await delta(
        { 'src/shared.ts': client, 'src/user.ts': user('./shared') },
        { 'lib/shared.ts': client, 'src/user.ts': user('../lib/shared') },
        { 'lib/shared.ts': 'src/shared.ts' },
      ),
    ).toEqual([])
  })
  test('a webhook that is taken away is said', async () => {
    const route = "import Stripe from 'stripe'\napp.post('/webhooks/stripe', handle)\n"
    expect(
      await delta({ 'src/r.ts': route }, { 'src/r.ts': "import Stripe from 'stripe'\n" }),
    ).toEqual(['removed POST /webhooks/stripe'])
  })
})
