import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Conversation } from '../../world/github/conversation.ts'
import { createModelWorld, type ModelWorld } from '../../world/model/model-world.ts'
import { scriptedReviewer } from '../../world/model/scripted-reviewer.ts'
import type { Script, Turn } from '../../world/model/turns.ts'
import { openFlawed, settled } from '../flawed-pull-request.ts'
import { createStage, embeddedHome, type Stage } from '../machine.ts'
import { LASTING, MODEL_CELLS } from './model-cells.ts'

/** Waits between tries are drawn, up to twenty seconds each. */
const LIMIT_MS = 120_000

// One server for all cells: what a fault leaves behind, the next cell starts from.
let model: ModelWorld
let stage: Stage
/** What people see when nothing goes wrong. */
let undisturbed: ReturnType<typeof seenOf>

beforeAll(async () => {
  model = await createModelWorld()
  stage = await createStage(await embeddedHome(), {
    ANTHROPIC_API_KEY: model.apiKey,
    ANTHROPIC_BASE_URL: model.baseUrl,
    // A model that cannot be reached is not waited for.
    TECH_LEAD_MODEL_WAIT_MS: '1000',
  })
  await stage.machine.start()
  undisturbed = seenOf(await reviewed('undisturbed', scriptedReviewer))
})
afterAll(async () => {
  await stage.close()
  await model.close()
})

let cases = 0

/** One pull request whose reviewer follows the script, as it stands when all is over. */
async function reviewed(name: string, script: Script): Promise<Conversation> {
  const { world } = stage
  cases += 1
  model.play(script)
  const one = await openFlawed(world, `model-${cases}`)
  await settled(world, one, 0, LIMIT_MS)
  expect(model.violations, name).toStrictEqual([])
  expect(world.violations, name).toStrictEqual([])
  return world.conversation(one.repository, one.pull)
}

function seenOf(seen: Conversation) {
  return {
    checks: seen.checks.map(({ status, title }) => `${status}: ${title}`),
    reviews: seen.reviews.map(({ comments }) => comments.map(({ line }) => line)),
    comments: seen.comments.length,
    threads: seen.threads.length,
    commits: seen.defaultBranch.length,
  }
}

/** A decent reviewer whose turn number `at` goes wrong. */
function disturbed(at: number, fault: Turn): Script {
  let turn = -1
  return (request) => {
    // A second opinion is another conversation.
    if (request.tools.includes('judge_findings')) return scriptedReviewer(request)
    turn += 1
    return turn === at ? fault : scriptedReviewer(request)
  }
}

test('nothing goes wrong: one review, one summary, one commit', () => {
  expect(undisturbed).toMatchObject({ comments: 1, commits: 2 })
  expect(undisturbed.reviews).toHaveLength(1)
})

test.each(MODEL_CELLS)(
  '$name at turn $at of the model changes nothing that people see',
  async ({ name, at, fault }) => {
    expect(seenOf(await reviewed(name, disturbed(at, fault)))).toEqual(undisturbed)
  },
)

test.each(Object.entries(LASTING))(
  '%s at every turn: what the rules found is said once, and that it is not the whole',
  async (name, fault) => {
    const seen = await reviewed(name, () => fault)
    expect(seen.checks.map(({ status }) => status)).toEqual(['completed'])
    expect(seen.reviews.map(({ comments }) => comments.length)).toEqual([3])
    expect(seen.checks[0]?.summary).toMatch(/the model/i)
  },
)
