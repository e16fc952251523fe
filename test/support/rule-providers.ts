import type { ProviderFacts, ProviderKnowledge } from '#core/rules/provider-knowledge'

/** A provider of which nothing is known but its names. */
export function aProvider(facts: Partial<ProviderFacts> & { id: string }): ProviderFacts {
  return {
    name: facts.id,
    signsWebhooks: null,
    signatureHeader: null,
    verifyHelpers: [],
    toleranceSeconds: null,
    idempotencyHeader: null,
    sdkDefaultTimeoutMs: null,
    endings: [],
    ...facts,
  }
}

const STRIPE = aProvider({
  id: 'stripe',
  name: 'Stripe',
  signsWebhooks: true,
  signatureHeader: 'stripe-signature',
  verifyHelpers: ['constructEvent', 'constructEventAsync', 'construct_event'],
  toleranceSeconds: 300,
  idempotencyHeader: 'idempotency-key',
  sdkDefaultTimeoutMs: 80_000,
})
const GITHUB = aProvider({
  id: 'github',
  name: 'GitHub',
  signsWebhooks: true,
  signatureHeader: 'x-hub-signature-256',
})
const SHOPIFY = aProvider({
  id: 'shopify',
  name: 'Shopify',
  signsWebhooks: true,
  signatureHeader: 'x-shopify-hmac-sha256',
})
const SLACK = aProvider({
  id: 'slack',
  name: 'Slack',
  signsWebhooks: true,
  signatureHeader: 'x-slack-signature',
  toleranceSeconds: 300,
  endings: [
    {
      address: '//slack.com/api/files.upload',
      since: '2025-11',
      instead: 'files.getUploadURLExternal',
    },
  ],
})
const TWILIO = aProvider({
  id: 'twilio',
  name: 'Twilio',
  signsWebhooks: true,
  signatureHeader: 'x-twilio-signature',
})
const SALESFORCE = aProvider({
  id: 'salesforce',
  name: 'Salesforce',
  endings: [{ address: '/services/data/v', upTo: 30, since: '2025-06', instead: 'v41.0 or newer' }],
})
const AZURE = aProvider({
  id: 'azure',
  name: 'Azure',
  endings: [{ address: '//graph.windows.net/', since: '2025-07', instead: 'Microsoft Graph' }],
})
/** A provider that does not sign its webhooks. */
const PLAINMAIL = aProvider({ id: 'plainmail', name: 'Plainmail', signsWebhooks: false })

/** A provider that signs within the body. */
const ADYEN = aProvider({ id: 'adyen', name: 'Adyen', signsWebhooks: true })
const PAYPAL = aProvider({
  id: 'paypal',
  name: 'PayPal',
  signsWebhooks: true,
  signatureHeader: 'paypal-transmission-sig',
})

const ALL = [STRIPE, GITHUB, SHOPIFY, SLACK, PLAINMAIL, ADYEN, PAYPAL, SALESFORCE, AZURE, TWILIO]
const HOSTS: Readonly<Record<string, ProviderFacts>> = {
  'api.stripe.com': STRIPE,
  'api.github.com': GITHUB,
  'slack.com': SLACK,
}

/** Nine providers, enough for the examples of our rules. */
export const EXAMPLE_PROVIDERS: ProviderKnowledge = {
  withEndings: () => ALL.filter(({ endings }) => endings.length > 0),
  byId: (id) => ALL.find((one) => one.id === id) ?? null,
  byImport: (_, module) => ALL.find((one) => module.toLowerCase().includes(one.id)) ?? null,
  byPackage: (name) => ALL.find((one) => one.id === name) ?? null,
  byHost: (host) => HOSTS[host] ?? null,
  byWord: (word) => ALL.find((one) => one.id === word) ?? null,
  byHeader: (header) => ALL.find((one) => one.signatureHeader === header) ?? null,
}
