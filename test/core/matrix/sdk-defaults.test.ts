import { describe, expect, test } from 'vitest'
import { sdkDefaults } from '#core/matrix/sdk-defaults'
import { createCatalog } from '#core/providers/catalog'
import type { Provider } from '#core/providers/provider'
import { codeOf } from '#core/rules/code'
import { createScan } from '#scan/create-scan'
import { loadKnowledge } from '#wiring/load-knowledge'
import { callIn, cellWords } from '../../support/take-matrix-of.ts'

const { matchers } = await loadKnowledge('2026-11-28')

const charge = (options: string) => ({
  'src/charge.ts': `import Stripe from 'stripe'
const stripe = new Stripe(process.env.STRIPE_KEY ?? ''${options})
export async function charge(amount: number) {
  return stripe.paymentIntents.create({ amount, currency: 'eur' })
}
`,
})

const ask = (options: string) => ({
  'src/ask.ts': `import Anthropic from '@anthropic-ai/sdk'
const anthropic = new Anthropic(${options})
export const ask = (text: string) =>
  anthropic.messages.create({ model: 'm', max_tokens: 9, messages: [{ role: 'user', content: text }] })
`,
})

const upload = {
  'app/uploads.rb': `require 'aws-sdk-s3'
class Uploads
  def initialize
    @s3 = Aws::S3::Client.new(region: 'eu-west-1')
  end

  def put(key, body)
    @s3.put_object(bucket: 'invoices', key: key, body: body)
  end
end
`,
}

describe('the waits between the attempts of an SDK', () => {
  test('need nothing where its pack says that they grow and vary', async () => {
    expect(cellWords(await callIn(charge('')), 'backoff')).toBe(
      'not-needed: the waits of the SDK of Stripe grow and vary by themselves',
    )
    expect(cellWords(await callIn(charge(', { maxNetworkRetries: 5 }')), 'backoff')).toBe(
      'not-needed: the waits of the SDK of Stripe grow and vary by themselves',
    )
  })

  test('are alike where its pack says that chance has no part in them', async () => {
    expect(cellWords(await callIn(upload), 'backoff')).toBe(
      'missing: all callers of the SDK of Amazon S3 wait alike: no jitter',
    )
  })
})

describe('a refusal for asking too often', () => {
  test('is tried again after a wait by an SDK of which that is known', async () => {
    expect(cellWords(await callIn(ask('')), 'rate-limit')).toBe(
      'not-needed: the SDK of Anthropic waits and tries again what is refused for asking too often',
    )
  })

  test('is final once the attempts of such an SDK are switched off', async () => {
    expect(cellWords(await callIn(ask('{ maxRetries: 0 }')), 'rate-limit')).toBe(
      'missing: the SDK of Anthropic would wait and try again, but its attempts are off',
    )
  })

  test('is a failure like any other where the SDK hands it on', async () => {
    expect(cellWords(await callIn(charge('')), 'rate-limit')).toBe(
      'missing: the SDK of Stripe hands on a refusal for asking too often like any failure',
    )
  })
})

const page = { source: 'https://acme.example/docs', checked: '2026-01-02', expires: '2030-01-02' }
const ACME: Provider = {
  id: 'acme',
  names: ['Acme'],
  category: 'payments',
  packages: { npm: ['acme', '@acme/*'] },
  imports: {},
  hosts: [],
  env: [],
  headers: [],
  facts: {
    sdkDefaults: {
      'npm:acme': { timeoutMs: { value: 0, ...page }, retries: { value: 3, ...page } },
      'npm:@acme/*': { retries: { value: 2, ...page } },
    },
  },
}

async function retriesOf(text: string) {
  const sources = [{ path: 'src/pay.ts', text }]
  const { facts } = await createScan({ matchers }).facts(sources, 'matrix')
  const [file] = codeOf(sources, facts).files.values()
  if (file === undefined) throw new Error('no file')
  const catalog = createCatalog([ACME], '2026-11-28')
  return sdkDefaults(catalog, { id: 'acme', name: 'Acme', file })
}

describe('of two SDKs of one language', () => {
  test.each([
    ["import Acme from 'acme'\n", 3],
    ["import { Pay } from '@acme/pay'\nimport { Hooks } from '@acme/hooks'\n", 2],
    ["const acme = require('acme/client')\n", 3],
  ])('that counts whose package the file imports: %j', async (text, retries) => {
    expect((await retriesOf(text))?.retries).toBe(retries)
  })

  test.each([
    "import Acme from 'acme'\nimport { Pay } from '@acme/pay'\n",
    "import { acme } from './acme'\n",
  ])('none counts where the file does not say which: %j', async (text) => {
    expect(await retriesOf(text)).toBeNull()
  })

  test('one whose pack says that its attempts have no limit waits for ever', async () => {
    expect((await retriesOf("import Acme from 'acme'\n"))?.timeoutMs).toBeNull()
  })
})
