import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anchorOf } from '#core/agent/anchors'
import { reviewLocally } from '#wiring/wire-local'
import { createGitRepository, type GitRepository } from '../support/git-repository.ts'
import { RequestBody } from '../world/model/check-request.ts'

const CLIENT = `import Stripe from 'stripe'

export const stripe = new Stripe(process.env.STRIPE_KEY ?? '', { timeout: 4_000 })
`
const REFUND_HEAD = 'export async function refund(order) {'
const REFUND = (call: string) => `import { stripe } from './client'
import { withRetry } from './with-retry'

${REFUND_HEAD}
  const amount = order.total
  const reason = order.reason ?? 'requested_by_customer'
  const first = order.items.length
  const second = first + 1
  const third = second + 1
  console.info('refunding', order.id, third)
  return ${call}
}
`
const RETRY = `export async function withRetry(work) {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      return await work()
    } catch (failure) {
      if (attempt === 2) throw failure
    }
  }
}
`
const ADDED =
  '  return withRetry(() => stripe.refunds.create({ charge: order.charge, amount, reason }))'

let repo: GitRepository
let folder: string
let user: string
beforeAll(async () => {
  repo = createGitRepository()
  folder = mkdtempSync(join(tmpdir(), 'prompts-'))
  repo.write('src/client.ts', CLIENT)
  repo.write('src/with-retry.ts', RETRY)
  repo.write('src/refund.ts', REFUND('null'))
  repo.write('README.md', '# Shop\n')
  const base = repo.commit('first')
  repo.write('src/refund.ts', REFUND(ADDED.replace('  return ', '')))
  repo.write('README.md', `# Shop\n${'words that nobody needs to see\n'.repeat(200)}`)
  repo.commit('refund through stripe')
  const request = { directory: repo.directory, base, head: 'HEAD', staged: false }
  const rest = {
    reviewer: 'rules',
    filesOnly: false,
    dumpPrompts: folder,
    trajectory: null,
  } as const
  await reviewLocally({ ...request, ...rest }, () => {})
  const body = RequestBody.parse(JSON.parse(readFileSync(join(folder, 'part-1.json'), 'utf8')))
  const [first] = body.messages
  const content = first?.content ?? ''
  user =
    typeof content === 'string' ? content : content.map((block) => String(block['text'])).join('')
}, 60_000)
afterAll(() => {
  repo.dispose()
  rmSync(folder, { recursive: true })
})

describe('what the model is asked about a change', () => {
  test('is written as the request, for people, and as a table, without a key', () => {
    expect(readdirSync(folder).toSorted()).toEqual([
      'part-1.json',
      'part-1.md',
      'second-opinion.md',
      'sections.md',
    ])
    expect(readFileSync(join(folder, 'sections.md'), 'utf8')).toMatch(/\| fixed prefix \| \d+ \|/)
  })

  test('shows the change by its anchors', () => {
    expect(user).toContain(`${anchorOf('RIGHT', 11, ADDED)}|+${ADDED}`)
  })

  test('shows the client with its settings, and the wrapper, from files that did not change', () => {
    expect(user).toContain('code around the change, at the head: src/client.ts')
    expect(user).toContain('timeout: 4_000')
    expect(user).toContain('code around the change, at the head: src/with-retry.ts')
    expect(user).toContain('if (attempt === 2) throw failure')
  })

  test('shows the whole function around the change, and no line of it twice', () => {
    expect(user).toContain(`${anchorOf('RIGHT', 4, REFUND_HEAD)}|`)
    expect(user.split("const reason = order.reason ?? 'requested_by_customer'")).toHaveLength(2)
  })

  test('says what protects the call and what the provider documents', () => {
    expect(user).toMatch(/src\/refund\.ts:11 stripe\.refunds\.create -> Stripe/)
    expect(user).toContain('Idempotency: key header Idempotency-Key')
  })

  test('has what the rules found as evidence that can be dismissed', () => {
    expect(user).toMatch(/E1 \[idempotency, \w+, \w+\] src\/refund\.ts R11/)
  })

  test('leaves out what is not about integrations, and keeps the fixed part small', () => {
    expect(user).not.toContain('words that nobody needs to see')
    expect(user).toContain('1 more changed files are not about integrations.')
    const table = readFileSync(join(folder, 'sections.md'), 'utf8')
    const fixed = Number(/\| fixed prefix \| (\d+) \|/.exec(table)?.[1])
    expect(fixed).toBeLessThanOrEqual(5_000)
  })
})

test('a change with nothing to judge is said to ask nothing', async () => {
  const quiet = mkdtempSync(join(tmpdir(), 'no-prompts-'))
  const base = repo.commit('before')
  repo.write('README.md', '# The shop\n')
  repo.commit('words')
  await reviewLocally(
    {
      ...{ directory: repo.directory, base, head: 'HEAD', staged: false, reviewer: 'rules' },
      ...{ filesOnly: false, dumpPrompts: quiet, trajectory: null },
    },
    () => {},
  )
  expect(readdirSync(quiet)).toEqual(['sections.md'])
  expect(readFileSync(join(quiet, 'sections.md'), 'utf8')).toContain('Nothing: the change has no')
  rmSync(quiet, { recursive: true })
})
