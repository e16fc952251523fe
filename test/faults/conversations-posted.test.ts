import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TABLE } from '../flow/conversation-table.ts'
import { BASE, HEAD } from '../flow/review-bench.ts'
import { createModelWorld, type ModelWorld } from '../world/model/model-world.ts'
import { holding, textOf } from '../world/model/scripted-reviewer.ts'
import { finishing, type SeenRequest, type Turn } from '../world/model/turns.ts'
import { type Case, settled } from './flawed-pull-request.ts'
import { createStage, embeddedHome, type Stage } from './machine.ts'

// Every conversation of the table with a real server: what stands on GitHub afterwards. Each has a
// pull request of its own, whose title tells the model which one to play.

let stage: Stage
let model: ModelWorld
beforeAll(async () => {
  model = await createModelWorld({ script: play })
  const env = { ANTHROPIC_API_KEY: model.apiKey, ANTHROPIC_BASE_URL: model.baseUrl }
  stage = await createStage(await embeddedHome(), env)
  await stage.machine.start()
})
afterAll(async () => {
  process.stdout.write(`${posted.join('\n')}\n`)
  await stage?.close()
  await model?.close()
})

const ROWS = Object.entries(TABLE)
const played = new Map<number, number>()
/** The table that a person reads. */
const posted = [
  '| conversation | check | comments on lines | reports left out |',
  '| --- | --- | --- | --- |',
]

function play(request: SeenRequest): Turn {
  if (request.tools.includes('judge_findings')) return holding(request)
  const row = Number(/conversation (\d+)/.exec(textOf(request, 0))?.[1])
  const turns = ROWS[row]?.[1].turns ?? []
  const index = played.get(row) ?? 0
  played.set(row, index + 1)
  return typeof turns === 'function' ? turns(index) : (turns[index] ?? finishing())
}

async function open(row: number): Promise<Case> {
  const { world } = stage
  const repository = await world.createRepository({
    ...{ owner: 'acme', name: `table-${row}`, private: true, roles: { dev: 'write' } },
    files: BASE,
  })
  const files = { 'src/pay.ts': HEAD['src/pay.ts'] ?? '' }
  await world.push(repository, 'feature', { author: 'dev', message: 'pay', files })
  const order = { repository, head: 'feature', title: `conversation ${row}`, author: 'dev' }
  return { repository, pull: await world.openPullRequest(order) }
}

const LEFT_OUT = /a report of the lead could not be taken/gi

describe('a conversation with a real server behind it', () => {
  test.each(ROWS.map(([name], row) => [name, row] as const))('%s', async (name, row) => {
    const told = TABLE[name]
    const one = await open(row)
    await settled(stage.world, one, 0, 120_000)
    const seen = await stage.world.conversation(one.repository, one.pull)
    const comments = seen.reviews.flatMap((review) => review.comments)
    const [check] = seen.checks
    const leftOut = [...(check?.summary ?? '').matchAll(LEFT_OUT)].length
    posted.push(`| ${name} | ${check?.title} | ${comments.length} | ${leftOut} |`)

    expect([...stage.world.violations, ...model.violations]).toEqual([])
    // No rule speaks about this code: every comment is the model's.
    expect(comments).toHaveLength(told?.findings ?? 0)
    expect(comments.every(({ line, path }) => line === 4 && path === 'src/pay.ts')).toBe(true)
    expect(seen.threads).toHaveLength(comments.length)
    expect(seen.reviews.length).toBe(comments.length === 0 ? 0 : 1)
    expect(seen.comments.length).toBeLessThanOrEqual(1)
    if (name !== 'thousands of findings') expect(leftOut).toBe(told?.refused ?? 0)
    expect(check?.conclusion).toBe(told?.partial === undefined ? 'success' : 'neutral')
    if (told?.partial !== undefined) expect(check?.summary).toMatch(new RegExp(told.partial, 'i'))
    for (const { body } of comments) {
      expect(Buffer.byteLength(body)).toBeLessThan(60_000)
      told?.also?.(body)
    }
  })
})
