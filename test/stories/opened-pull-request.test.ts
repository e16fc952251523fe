import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, type ServerProcess, startServer, WEBHOOK_SECRET } from '../support/server-process.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'

let world: GitHubWorld
let server: ServerProcess
beforeAll(async () => {
  world = await createGitHubWorld()
  server = await startServer(world)
  world.sendTo(server.webhookUrl, WEBHOOK_SECRET)
}, 90_000)
afterAll(async () => {
  await server?.stop()
  await world?.stop()
})

test('an opened pull request gets one check', async () => {
  const shop = await world.createRepository({
    owner: 'acme', name: 'shop', private: true, roles: { dev: 'write' },
    files: { 'README.md': '# shop\n', 'src/mail.ts': "import sendgrid from '@sendgrid/mail'\nsendgrid.setApiKey(process.env.SENDGRID_API_KEY ?? '')\nexport const send = (to: string) => sendgrid.send({ to, from: 'a@b.example', text: 'hi', subject: 's' })\n" },
  })
  await world.push(shop, 'feature', { author: 'dev', message: 'pay', files: { 'src/charge.ts': "import Stripe from 'stripe'\n\nconst stripe = new Stripe(process.env.STRIPE_SECRET_KEY ?? '')\n\nexport async function charge(order: { id: string; cents: number }) {\n  return stripe.paymentIntents.create({ amount: order.cents, currency: 'eur' })\n}\n\nexport async function tell(order: { id: string }) {\n  const response = await fetch('https://api.hubapi.com/crm/v3/objects/deals', { method: 'POST', body: JSON.stringify(order) })\n  return response.json()\n}\n" } })
  const pull = await world.openPullRequest({ repository: shop, head: 'feature', title: 'Charge', author: 'dev' })
  await world.webhooks.idle()
  const log = () => server.log()
  try {
    await eventually(() => /"kind":"review".*"msg":"job tried"/.test(log()), 'the job was tried', 20_000)
  } catch {}
  const seen = await world.conversation(shop, pull)
  console.log(log().split('\n').slice(-6).join('\n'))
  console.log(JSON.stringify(seen, null, 1))
  console.log(JSON.stringify(world.violations), world.journal.calls().map((c) => `${c.graphql ?? c.route} ${c.status}`).join('\n'))
  expect(seen.checks).toHaveLength(1)
}, 60_000)
