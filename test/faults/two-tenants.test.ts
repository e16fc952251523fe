import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Repository } from '../world/github/state.ts'
import type { GitHubWorld } from '../world/github/world.ts'
import { createModelWorld, type ModelWorld } from '../world/model/model-world.ts'
import { scriptedReviewer } from '../world/model/scripted-reviewer.ts'
import { type Case, ownChecks, settled } from './flawed-pull-request.ts'
import { createStage, embeddedHome, type Stage } from './machine.ts'

/** Pull requests of each of two installations, of the same paths and names. */
const PULLS = 25
/** Each installation's word stands in its code, its memory and its pull requests, and nowhere else. */
const TENANTS = [
  { owner: 'acme', word: 'acmecanary7351' },
  { owner: 'globex', word: 'globexcanary9264' },
] as const
type Tenant = (typeof TENANTS)[number]
/** Long enough for reviews to overlap. */
const LATENCY = { firstMs: 300, tokenMs: 0 }

let model: ModelWorld
let stage: Stage
beforeAll(async () => {
  model = await createModelWorld({ script: scriptedReviewer, latency: LATENCY })
  const env = { ANTHROPIC_API_KEY: model.apiKey, ANTHROPIC_BASE_URL: model.baseUrl }
  stage = await createStage(await embeddedHome(), env)
  await stage.machine.start()
})
afterAll(async () => {
  await stage.close()
  await model.close()
})

const MEMORY = '.claude/agent-memory/integrations-tech-lead/MEMORY.md'

/** A repository whose branch `pay` is ready to be opened as a pull request. */
async function createShop(
  world: GitHubWorld,
  { owner, word }: Tenant,
  index: number,
): Promise<Repository> {
  const repository = await world.createRepository({
    ...{ owner, name: `shop-${index}`, private: true, roles: { dev: 'write' } },
    files: {
      [MEMORY]: `# Memory\n\n- Charges are booked in the ledger ${word}.\n`,
      'src/mail.ts': `import sendgrid from '@sendgrid/mail'\nexport const from = '${word}@example.com'\nexport const send = (to: string) => sendgrid.send({ to, from, text: 'hi' })\n`,
    },
  })
  const files = {
    'src/charge.ts': `import Stripe from 'stripe'\n\nconst stripe = new Stripe(process.env.STRIPE_KEY ?? '')\n\nexport const charge = (cents: number) =>\n  stripe.paymentIntents.create({ amount: cents, currency: 'eur', confirm: true, description: '${word}' })\n`,
  }
  await world.push(repository, 'pay', { author: 'dev', message: `pay ${word}`, files })
  return repository
}

const wordsIn = (text: string) =>
  TENANTS.filter(({ word }) => text.includes(word)).map(({ owner }) => owner)

test('two installations that are reviewed at the same moment never see a word of each other', async () => {
  const { world } = stage
  const shops: { readonly tenant: Tenant; readonly repository: Repository }[] = []
  for (let index = 0; index < PULLS; index += 1) {
    for (const tenant of TENANTS)
      shops.push({ tenant, repository: await createShop(world, tenant, index) })
  }
  const opened: { readonly tenant: Tenant; readonly one: Case }[] = []
  for (const { tenant, repository } of shops) {
    const words = { title: `Take payments ${tenant.word}`, author: 'dev' }
    const pull = await world.openPullRequest({ repository, head: 'pay', ...words })
    opened.push({ tenant, one: { repository, pull } })
  }
  for (const { one } of opened) await settled(world, one, 0, 170_000)

  const asked = model.journal.map(({ text }) => wordsIn(text))
  for (const { owner } of TENANTS) {
    expect(asked.filter((owners) => owners.includes(owner)).length).toBeGreaterThanOrEqual(PULLS)
  }
  expect(asked.filter((owners) => owners.length > 1)).toEqual([])
  expect(model.mostAtOnce()).toBeGreaterThan(1)

  for (const { tenant, one } of opened) {
    const { git, defaultBranch } = one.repository
    const stands = [
      JSON.stringify(await world.conversation(one.repository, one.pull)),
      JSON.stringify(ownChecks(world, one)),
      await git.run(['grep', '-h', '', defaultBranch]),
    ]
    expect(wordsIn(stands.join('\n'))).toEqual([tenant.owner])
  }
  expect([...model.violations, ...world.violations]).toEqual([])
}, 600_000)
