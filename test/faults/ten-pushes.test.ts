import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { FLAWED, MENDED, SHOP_FILES } from '../stories/shop.ts'
import { usedDataDir } from '../support/embedded-data-dir.ts'
import {
  eventually,
  removedAtExit,
  type ServerProcess,
  startServer,
  WEBHOOK_SECRET,
} from '../support/server-process.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { createModelWorld, type ModelWorld } from '../world/model/model-world.ts'
import { holding, textOf } from '../world/model/scripted-reviewer.ts'
import { call, calling, type SeenRequest, type Turn } from '../world/model/turns.ts'

type Shop = Awaited<ReturnType<GitHubWorld['createRepository']>>
type Pull = Awaited<ReturnType<GitHubWorld['openPullRequest']>>
type Seen = Awaited<ReturnType<GitHubWorld['conversation']>>

vi.setConfig({ testTimeout: 120_000 })

const CHARGE = FLAWED['src/charge.ts'] ?? ''
const CRM = FLAWED['src/crm.ts'] ?? ''
const REFUND = [
  "import { stripe } from './stripe-client'",
  '',
  'export async function refund(charge: string) {',
  '  return stripe.refunds.create({ charge, amount: 500 })',
  '}',
  '',
].join('\n')

const WORDS = [
  ['The deal has no owner', 'Two workers report one order and the CRM keeps two deals for it.'],
  ['Deals are created twice', 'A restart between the order and the deal sends the deal once more.'],
  [
    'No lookup before a deal is made',
    'When the job runs again the pipeline shows the order two times.',
  ],
]

/** Sees one thing that no rule sees, and says it in other words each time; every third time it forgets. */
let asked = 0
function fickle(request: SeenRequest): Turn {
  if (request.tools.includes('judge_findings')) return holding(request)
  asked += 1
  const [title, scenario] = WORDS[asked % WORDS.length] ?? []
  const shown = /^(R\d+:[0-9a-f]{3})\|[+ ] {4}body: JSON\.stringify\(\{ properties/m.exec(
    textOf(request, 0),
  )
  const anchor = shown?.[1]
  const words = {
    class: 'sync-consistency',
    impact: 'serious',
    likelihood: 'possible',
    title,
    scenario,
  }
  const place = { path: 'src/crm.ts', anchor, evidence: [{ path: 'src/crm.ts', anchor }] }
  const report = call('report_finding', {
    ...words,
    ...place,
    fix: 'Look for the deal by the order.',
  })
  const end = call('finish_review', { summary: 'Payments.', risk: 'medium', complexity: 'low' })
  return calling(...(anchor === undefined || asked % 3 === 0 ? [] : [report]), end)
}

let world: GitHubWorld
let model: ModelWorld
let server: ServerProcess
let shop: Shop
let pull: Pull
beforeAll(async () => {
  world = await createGitHubWorld()
  model = await createModelWorld({ script: fickle })
  const env = { ANTHROPIC_API_KEY: model.apiKey, ANTHROPIC_BASE_URL: model.baseUrl }
  server = await startServer(world, { dataDir: await removedAtExit(usedDataDir()), env })
  world.sendTo(server.webhookUrl, WEBHOOK_SECRET)
  const settings = 'review:\n  auto_pause_after: 50\n'
  shop = await world.createRepository({
    ...{ owner: 'acme', name: 'shop', private: true, roles: { dev: 'write' } },
    files: { ...SHOP_FILES, '.github/tech-lead.yml': settings },
  })
  await world.push(shop, 'release', { author: 'dev', message: 'Branch', files: { VERSION: '1\n' } })
  await world.push(shop, 'pay', { author: 'dev', message: 'Take payments', files: FLAWED })
  pull = await world.openPullRequest({ repository: shop, head: 'pay', title: 'Pay', author: 'dev' })
}, 120_000)
afterAll(async () => {
  await server?.stop()
  await model?.close()
  await world?.stop()
}, 60_000)

/** The page once the newest head has its check; and what is open and closed on it. */
async function shown(): Promise<{
  seen: Seen
  open: string[]
  closed: string[]
  comments: number
}> {
  let seen = await world.conversation(shop, pull)
  await eventually(
    () => seen.checks.some((one) => one.headSha === seen.headSha && one.status === 'completed'),
    `a completed check; the server said:\n${server.log().slice(-4_000)}`,
    60_000,
    async () => {
      seen = await world.conversation(shop, pull)
    },
  )
  await world.webhooks.idle()
  seen = await world.conversation(shop, pull)
  const named = (isResolved: boolean) =>
    seen.threads.filter((one) => one.isResolved === isResolved).map(({ path }) => path)
  const open = named(false).toSorted()
  return { seen, open, closed: named(true).toSorted(), comments: seen.threads.length }
}

async function push(files: Record<string, string | null>, more: object = {}) {
  await world.push(shop, 'pay', { author: 'dev', message: 'Next', files, ...more })
  return shown()
}

test('ten pushes: everything is said once, settled when it is mended, and open again when it is back', async () => {
  // 1. The change is opened: two proofs of rules and one judgement.
  const first = await shown()
  expect(first.open).toEqual(['src/charge.ts', 'src/crm.ts', 'src/crm.ts'])

  // 2. A push that has nothing to do with it: no word more, and nobody is asked.
  const before = model.journal.length
  const unrelated = await push({ 'README.md': '# The shop\n' })
  expect([unrelated.open, unrelated.comments]).toEqual([first.open, 3])
  expect(model.journal.length).toBe(before)

  // 3. A new defect beside the old ones: one comment more.
  const defect = await push({ 'src/refund.ts': REFUND })
  expect(defect.open).toEqual(['src/charge.ts', 'src/crm.ts', 'src/crm.ts', 'src/refund.ts'])

  // 4. Lines shift and the judgement is said in other words or forgotten: nothing new, nothing lost.
  const shifted = await push({ 'src/crm.ts': `// Deals go to the CRM.\n\n${CRM}` })
  expect([shifted.open, shifted.comments]).toEqual([defect.open, 4])

  // 5. The payment is mended: its thread is settled, and the summary says why.
  const mended = await push({ 'src/charge.ts': MENDED['src/charge.ts'] ?? '' })
  expect(mended.closed).toEqual(['src/charge.ts'])
  expect(mended.seen.comments[0]?.body).toMatch(
    /Settled since the last push: `tl-\w+` \(the check finds it no more\)/,
  )

  // 6. The fix is reverted: the same thread is open again, without a comment more.
  const reverted = await push({ 'src/charge.ts': CHARGE })
  expect([reverted.open, reverted.comments]).toEqual([defect.open, 4])

  // 7. The file gets another name: what was said of it stays said.
  const renamed = await push({}, { renames: { 'src/charge.ts': 'src/billing.ts' } })
  expect([renamed.open, renamed.comments]).toEqual([defect.open, 4])

  // 8. A force push with the same content.
  const files = {
    ...{ 'README.md': '# The shop\n', 'src/refund.ts': REFUND, 'src/billing.ts': CHARGE },
    'src/crm.ts': `// Deals go to the CRM.\n\n${CRM}`,
  }
  const forced = await push(files, { force: true, from: 'main' })
  expect([forced.open, forced.comments]).toEqual([defect.open, 4])

  // 9. Another base branch.
  await world.retarget(shop, pull, 'release', 'dev')
  await world.webhooks.idle()
  const retargeted = await shown()
  expect([retargeted.open, retargeted.comments]).toEqual([defect.open, 4])

  // 10. Everything is mended: every thread is settled, and there is one summary of all of it.
  const done = await push({
    'src/billing.ts': MENDED['src/charge.ts'] ?? '',
    'src/refund.ts': REFUND.replace('500 })', '500 }, { idempotencyKey: charge })'),
    'src/crm.ts':
      "export const reportDeal = async (order: { id: string }) => enqueue('deal', order)\n",
  })
  expect(done.open).toEqual([])
  expect(done.comments).toBe(4)
  expect(done.seen.comments).toHaveLength(1)
  expect(done.seen.reviews.length).toBeLessThanOrEqual(2)
  expect(world.violations).toEqual([])
  expect(model.violations).toEqual([])
}, 400_000)
