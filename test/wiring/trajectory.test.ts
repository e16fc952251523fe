import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Services } from '#cli/command-line'
import { runCommandLine } from '#cli/run'
import type { Report } from '#core/report/report'
import { parseTrajectory, type Trajectory } from '#flow/trajectory'
import { replayReview } from '#wiring/trajectory-file'
import { reviewLocally } from '#wiring/wire-local'
import { FLAWED, SHOP_FILES } from '../stories/shop.ts'
import { createGitRepository } from '../support/git-repository.ts'
import { createModelWorld, type ModelWorld } from '../world/model/model-world.ts'
import { scriptedReviewer } from '../world/model/scripted-reviewer.ts'
import type { AnswerBlock, Turn } from '../world/model/turns.ts'

const GOLDENS = fileURLToPath(new URL('../fixtures/trajectories', import.meta.url))
const LEAKED = `ghp_${'a1b2c3d4'.repeat(5)}`
const CLIENT = `import Stripe from 'stripe'

export const stripe = new Stripe(process.env.STRIPE_KEY ?? '')
`
const CHARGE = `import { stripe } from './client'

export async function charge(order) {
  console.log(process.env.SHOP_TOKEN ?? '${LEAKED}')
  return stripe.paymentIntents.create({ amount: order.cents, currency: 'eur', confirm: true })
}
`

type Answer = Trajectory['turns'][number]['answer']

function turnOf(answer: Answer): Turn {
  if (answer.kind === 'failed') return expect.fail('this review had no failed turn')
  const content = answer.content.map((block) => {
    if (block.type === 'opaque') return block.raw as AnswerBlock
    return block.type === 'tool_result' ? expect.fail('a model gives no results') : block
  })
  return { kind: 'answer', content, stop: answer.stop }
}

/** The change of the kept review, reviewed by a model that says these things in turn. */
async function reviewAgain(script: readonly Turn[]): Promise<Report> {
  const repo = createGitRepository()
  for (const [path, text] of Object.entries(SHOP_FILES)) repo.write(path, text)
  const base = repo.commit('Start the shop')
  for (const [path, text] of Object.entries(FLAWED)) repo.write(path, text)
  repo.write('src/refund.ts', REFUND)
  repo.commit('Take payments')
  const world = await createModelWorld({ script })
  try {
    return await withModel(world, () =>
      reviewLocally(
        {
          ...{ directory: repo.directory, base, head: 'HEAD', staged: false },
          ...{ reviewer: 'claude', filesOnly: false, dumpPrompts: null, trajectory: null },
        },
        () => {},
      ),
    )
  } finally {
    await world.close()
    repo.dispose()
  }
}

async function withModel<T>(world: ModelWorld, work: () => Promise<T>): Promise<T> {
  process.env['ANTHROPIC_API_KEY'] = world.apiKey
  process.env['ANTHROPIC_BASE_URL'] = world.baseUrl
  try {
    return await work()
  } finally {
    delete process.env['ANTHROPIC_API_KEY']
    delete process.env['ANTHROPIC_BASE_URL']
  }
}

const REFUND = `import { stripe } from './stripe-client'

export async function refund(order: { charge: string; cents: number }) {
  try {
    return await stripe.refunds.create({ charge: order.charge, amount: order.cents })
  } catch {}
}
`

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** The command line with the real review, or with none at all. */
async function run(args: readonly string[], reviews: boolean): Promise<Ran> {
  let out = ''
  let err = ''
  const services: Services = {
    review: async () => (reviews ? reviewLocally : () => expect.fail('nothing is reviewed')),
    replay: async () => replayReview,
  }
  const streams = {
    out: async (text: string) => {
      out += text
    },
    err: (text: string) => {
      err += text
    },
    ...{ progress: () => {}, colour: false, width: 80, columns: 80 },
  }
  const code = await runCommandLine(args, { version: '9.9.9', streams, services })
  return { code, out, err }
}

let folder: string
let file: string
let recorded = ''
/** What the review itself printed. */
let original: Ran
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trajectory-'))
  file = join(folder, 'review.jsonl')
  const repo = createGitRepository()
  repo.write('src/client.ts', CLIENT)
  const base = repo.commit('first')
  repo.write('src/charge.ts', CHARGE)
  repo.commit('charge')
  const world = await createModelWorld({ script: scriptedReviewer })
  const range = ['--repo', repo.directory, '--base', base, '--head', 'HEAD']
  try {
    original = await withModel(world, () =>
      run(['review', ...range, '--trajectory', file, '--format', 'json'], true),
    )
  } finally {
    await world.close()
    repo.dispose()
  }
  recorded = readFileSync(file, 'utf8')
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

describe('a trajectory', () => {
  test('shows the same review again byte for byte, without the repository or a model', async () => {
    expect(original.err).toBe('')
    expect(JSON.parse(original.out)).toMatchObject({ reviewer: 'claude', status: 'reviewed' })
    expect(await run(['review', '--replay', file, '--format', 'json'], false)).toEqual(original)
  })

  test('holds each turn as it was asked and answered, and what turns share only once', () => {
    const read = parseTrajectory(file, recorded)
    if (!read.ok) return expect.fail(read.complaints[0]?.reason)
    const { turns, report } = read.value
    expect(turns).toHaveLength(report.usage?.modelCalls ?? 0)
    expect(turns.map(({ request }) => request.messages.length)).toEqual([1, 3, 5, 1])
    expect(turns[0]?.request.messages[0]?.content[0]).toMatchObject({ type: 'text' })
    expect(turns.map(({ answer }) => answer.kind)).toEqual(Array(4).fill('answered'))
    const kinds = recorded.split('\n').map((line) => /^\{"kind":"(\w+)"/.exec(line)?.[1])
    expect(kinds.filter((kind) => kind === 'system')).toHaveLength(3)
    expect(kinds.filter((kind) => kind === 'message')).toHaveLength(6)
  })

  test('holds no secret, whoever said it', () => {
    expect(recorded).toContain('SHOP_TOKEN')
    expect(recorded).not.toContain(LEAKED)
    expect(recorded).not.toContain('sk-ant-stand-in-key-0123456789')
  })

  test('is for its owner alone', () => {
    expect(statSync(file).mode & 0o077).toBe(0)
  })

  test('decides the exit code as the review does', async () => {
    const { code } = await run(['review', '--replay', file, '--fail-on', 'low'], false)
    expect(code).toBe(1)
  })

  test.each([['--base', 'main'], ['--staged'], ['--repo', '/x'], ['--trajectory', '/tmp/x']])(
    'cannot be shown again together with %s',
    async (...words) => {
      const { code, err } = await run(['review', '--replay', file, ...words], false)
      expect([code, err]).toEqual([
        2,
        'tech-lead: --replay shows a review as it was: it goes with --format, --output and --fail-on alone.\n',
      ])
    },
  )
})

describe('a file that cannot be shown again', () => {
  const path = () => join(folder, 'other.jsonl')
  const complaintOf = async (text: string) => {
    writeFileSync(path(), text)
    const { code, err } = await run(['review', '--replay', path()], false)
    expect(code).toBe(2)
    return err.replace('tech-lead: ', '').replace(path(), 'FILE').trimEnd()
  }
  const lines = () => recorded.trimEnd().split('\n')
  afterEach(() => rmSync(path(), { force: true }))

  test.each([
    ['nothing at all', ''],
    ['a report', '{"version":1,"findings":[]}'],
    ['prose', 'Reviewed, 3 findings'],
  ])('says that %s is no trajectory', async (_, text) => {
    expect(await complaintOf(text)).toBe(
      'FILE:1: is not a trajectory; --trajectory FILE writes one during a review',
    )
  })

  test('says that a newer tech-lead wrote it', async () => {
    expect(await complaintOf(recorded.replace('"version":1', '"version":7'))).toBe(
      'FILE:1: was written in version 7 of the format by a newer tech-lead; this one reads up to version 1',
    )
  })

  test('names the line that is damaged, and what is wrong with it', async () => {
    const cut = lines().with(2, (lines()[2] ?? '').slice(0, 40))
    expect(await complaintOf(cut.join('\n'))).toBe('FILE:3: is damaged: not JSON')
    const turn = lines().findIndex((line) => line.includes('"kind":"turn"'))
    const bent = lines().with(turn, (lines()[turn] ?? '').replace('"ms":', '"mx":'))
    expect(await complaintOf(bent.join('\n'))).toMatch(
      new RegExp(`^FILE:${turn + 1}: is damaged: ms: `),
    )
    const without = lines().toSpliced(1, 1)
    expect(await complaintOf(without.join('\n'))).toMatch(
      /is damaged: system-1 is named and stands nowhere before$/,
    )
  })

  test('says that the review was interrupted', async () => {
    expect(await complaintOf(lines().slice(0, -1).join('\n'))).toBe(
      'FILE: ends before its report: the review was interrupted, so there is nothing to show again',
    )
  })

  test('says that it is not there', async () => {
    const { code, err } = await run(['review', '--replay', path()], false)
    expect([code, err]).toEqual([2, `tech-lead: Cannot read ${path()}.\n`])
  })
})

describe('a review that was kept for good', () => {
  const kept = join(GOLDENS, 'refund.jsonl')

  test('comes out the same when its answers are given again', async () => {
    const read = parseTrajectory(kept, readFileSync(kept, 'utf8'))
    if (!read.ok) return expect.fail(read.complaints[0]?.reason)
    const { turns, report } = read.value
    const again = await reviewAgain(turns.map(({ answer }) => turnOf(answer)))
    const told = ({ findings, advice, status, notes, files }: Report) => ({
      ...{ findings, advice, status, notes, files },
    })
    expect(report.usage?.modelCalls).toBe(turns.length)
    expect(told(again)).toEqual(told(report))
  }, 60_000)

  test.each(['text', 'markdown'])('looks as it did, as %s', async (format) => {
    const { out } = await run(['review', '--replay', kept, '--format', format], false)
    await expect(out).toMatchFileSnapshot(join(GOLDENS, `refund.${format}`))
  })
})
