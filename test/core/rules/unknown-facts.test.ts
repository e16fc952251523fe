import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { codeOf } from '#core/rules/code'
import type { ProviderFacts, ProviderKnowledge } from '#core/rules/provider-knowledge'
import { runRules } from '#core/rules/run-rules'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import { createScan } from '#scan/create-scan'
import { loadRules } from '#wiring/load-rules'
import { aProvider, EXAMPLE_PROVIDERS } from '../../support/rule-providers.ts'

const { rules, matchers } = await loadRules(fileURLToPath(new URL('../../..', import.meta.url)))
const scan = createScan({ matchers })

async function sentenceOf(rule: string, text: string, known: readonly ProviderFacts[] = []) {
  const source = { path: 'src/hooks.ts', text }
  const { facts } = await scan.facts([source])
  const providers: ProviderKnowledge = {
    ...EXAMPLE_PROVIDERS,
    byWord: (word) => known.find(({ id }) => id === word) ?? EXAMPLE_PROVIDERS.byWord(word),
  }
  const code = codeOf([source], facts)
  const input = { code, secrets: new Map(), rules, providers, settings: DEFAULT_SETTINGS }
  return runRules(input, [source.path]).find(({ claim }) => claim.rule === rule)?.claim.body
}

const UNVERIFIED = (name: string) =>
  `app.post('/webhooks/${name}', async (req, res) => { await save(req.body); res.end() })\n`

test('a header is only named where the provider is known to send it', async () => {
  expect(await sentenceOf('webhook-unverified', UNVERIFIED('stripe'))).toMatch(
    /^Stripe signs its webhooks with the header `stripe-signature`\. /,
  )
  const acme = aProvider({ id: 'acmepay', name: 'Acmepay', signsWebhooks: true })
  expect(await sentenceOf('webhook-unverified', UNVERIFIED('acmepay'), [acme])).toMatch(
    /^Acmepay signs its webhooks as its documentation says\. /,
  )
})

const AGELESS = (header: string) => `import { createHmac, timingSafeEqual } from 'node:crypto'
export function check(req, secret) {
  const timestamp = req.headers['${header}']
  const mac = createHmac('sha256', secret).update(\`\${timestamp}.\${req.rawBody}\`).digest()
  if (!timingSafeEqual(mac, Buffer.from(req.headers['x-acme-signature'], 'hex'))) throw new Forbidden()
}
`

test('an age is only asked for where a provider names one', async () => {
  const said = await sentenceOf('replay-not-limited', AGELESS('x-acme-timestamp'))
  expect(said).toMatch(/nothing looks how long ago that was\. A few minutes are usual\.$/)
  const slack = AGELESS('x-slack-request-timestamp').replace(
    'x-acme-signature',
    'x-slack-signature',
  )
  expect(await sentenceOf('replay-not-limited', slack)).toMatch(
    /that was\. The documentation of Slack names 300 seconds as the limit\.$/,
  )
})
