import { describe, expect, test } from 'vitest'
import { type Catalog, createCatalog } from '#core/providers/catalog'
import { parseProvider } from '#core/providers/parse-provider'
import type { Provider } from '#core/providers/provider'

function pack(text: string): Provider {
  const read = parseProvider(text, 'pack.yml')
  if (!read.ok) throw new Error(JSON.stringify(read.complaints))
  return read.value.provider
}

const STRIPE = pack(`id: stripe
names: [Stripe]
category: payments
packages:
  npm: [stripe, '@stripe/*']
  pypi: [stripe]
  maven: ['com.stripe:stripe-java']
  go: [github.com/stripe/stripe-go]
  rubygems: [stripe]
  composer: [stripe/stripe-php]
  nuget: [Stripe.net]
  cargo: [async-stripe]
imports: { ruby: [Stripe], php: [Stripe], csharp: [Stripe] }
hosts: [api.stripe.com, '*.stripe.test']
env: [STRIPE_*]
headers: [Stripe-Signature]
sources:
  a: { url: https://docs.stripe.com/webhooks, checked: 2026-01-01, expires: 2026-06-01 }
  b: { url: https://docs.stripe.com/api, checked: 2026-01-01, expires: 2027-01-01 }
facts:
  webhooks:
    signed: { value: true, source: a }
    ordering: { value: not-guaranteed, source: b }
`)
const SQS = pack(`id: aws-sqs
names: [Amazon SQS, SQS]
category: queue
packages: { npm: ['@aws-sdk/client-sqs'] }
`)
const AWS = pack(`id: aws
names: [AWS]
category: cloud
packages: { npm: ['@aws-sdk/*'], pypi: [boto3] }
env: [AWS_*]
`)

const catalogOn = (today: string): Catalog => createCatalog([AWS, STRIPE, SQS], today)
const catalog = catalogOn('2026-03-01')

describe('the catalog', () => {
  test.each([
    ['js', 'stripe', 'stripe'],
    ['js', 'stripe/lib/resources', 'stripe'],
    ['js', '@stripe/stripe-js', 'stripe'],
    ['js', '@aws-sdk/client-sqs', 'aws-sqs'],
    ['js', '@aws-sdk/client-ses', 'aws'],
    ['python', 'stripe.error', 'stripe'],
    ['java', 'com.stripe.model.Charge', 'stripe'],
    ['go', 'github.com/stripe/stripe-go/v76/paymentintent', 'stripe'],
    ['ruby', 'Stripe', 'stripe'],
    ['php', 'Stripe\\StripeClient', 'stripe'],
    ['csharp', 'Stripe.Checkout', 'stripe'],
    ['rust', 'async_stripe::Client', 'stripe'],
  ] as const)('knows in %s whose module %s is', (language, specifier, id) => {
    expect(catalog.byImport(language, specifier)).toBe(id)
  })

  test.each([
    ['js', 'striped'],
    ['js', './stripe'],
    ['java', 'com.stripes.model'],
    ['go', 'github.com/stripe/stripe-gopher'],
    ['python', 'stripey'],
  ] as const)('does not take in %s %s for a provider’s module', (language, specifier) => {
    expect(catalog.byImport(language, specifier)).toBeNull()
  })

  test('finds packages by registry, whatever spelling the registry allows', () => {
    expect(catalog.byPackage('nuget', 'stripe.NET')).toBe('stripe')
    expect(catalog.byPackage('maven', 'com.stripe:stripe-java')).toBe('stripe')
    expect(catalog.byPackage('go', 'github.com/stripe/stripe-go/v76')).toBe('stripe')
    expect(catalog.byPackage('npm', 'stripe-js')).toBeNull()
    expect(catalog.byPackage('pypi', '@stripe/stripe-js')).toBeNull()
  })

  test('finds hosts, a wildcard only below its name', () => {
    expect(catalog.byHost('API.stripe.com')).toBe('stripe')
    expect(catalog.byHost('eu.api.stripe.test')).toBe('stripe')
    expect(catalog.byHost('docs.stripe.com')).toBeNull()
    expect(catalog.byHost('api.stripe.com.evil.dev')).toBeNull()
  })

  test('finds variables, headers and names', () => {
    expect(catalog.byEnv('STRIPE_SECRET_KEY')).toBe('stripe')
    expect(catalog.byEnv('STRIPED')).toBeNull()
    expect(catalog.byHeader('stripe-signature')).toBe('stripe')
    expect(catalog.byName('amazon_sqs')).toBe('aws-sqs')
  })

  test('treats a fact as unknown from the day it expires, unless it is asked to keep it', () => {
    expect(catalogOn('2026-05-31').facts('stripe').webhooks?.signed?.value).toBe(true)
    expect(catalogOn('2026-06-01').facts('stripe').webhooks?.signed).toBeUndefined()
    const kept = createCatalog([STRIPE], '2026-06-01', 'known')
    expect([kept.today, kept.facts('stripe').webhooks?.signed?.value]).toEqual(['2026-06-01', true])
    expect(catalogOn('2026-06-01').facts('stripe').webhooks?.ordering?.value).toBe('not-guaranteed')
  })

  test('knows nothing of a provider that it does not have', () => {
    expect(catalog.facts('acme')).toEqual({})
    expect(catalog.get('acme')).toBeNull()
    expect(catalog.byName('constructor')).toBeNull()
  })
})
