import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FLAWED, SHOP_FILES } from '../stories/shop.ts'
import { type PostgresServer, postgresMissing, startPostgres } from '../support/postgres.ts'
import { eventually } from '../support/server-process.ts'
import type { GitHubWorld } from '../world/github/world.ts'
import { createModelWorld, type ModelWorld } from '../world/model/model-world.ts'
import { scriptedLead } from '../world/model/scripted-lead.ts'
import { createStage, embeddedHome, postgresHome, type Stage } from './machine.ts'

type Repository = Awaited<ReturnType<GitHubWorld['createRepository']>>
type Pull = Awaited<ReturnType<GitHubWorld['openPullRequest']>>

const APP = 'integrations-tech-lead[bot]'
const QUESTION = '/tech-lead ask Can this charge twice?'

/** Questions and objections, with the server killed while they are answered. */
function tellKilledAnswers(store: 'embedded' | 'postgres'): void {
  let stage: Stage
  let model: ModelWorld
  let postgres: PostgresServer | null = null
  let shop: Repository
  let pull: Pull
  /** What happens when the model is asked next. */
  let asked = () => {}

  beforeAll(async () => {
    if (store === 'postgres') postgres = await startPostgres()
    const home = postgres === null ? await embeddedHome() : await postgresHome(postgres, 'answers')
    model = await createModelWorld({
      script: (request) => {
        asked()
        return scriptedLead(request)
      },
    })
    stage = await createStage(home, {
      ...{ ANTHROPIC_API_KEY: model.apiKey, ANTHROPIC_BASE_URL: model.baseUrl },
    })
    await stage.machine.start()
    const { world } = stage
    shop = await world.createRepository({
      ...{ owner: 'acme', name: 'shop', private: true, files: SHOP_FILES, roles: { dev: 'write' } },
    })
    await world.push(shop, 'pay', { author: 'dev', files: FLAWED })
    const order = { repository: shop, head: 'pay', title: 'Pay', author: 'dev' }
    pull = await world.openPullRequest(order)
    await until(() => world.threads(pull).length > 1, 'a review')
    await stage.world.webhooks.idle()
  })

  afterAll(async () => {
    await stage?.close()
    await model?.close()
    await postgres?.stop()
  })

  const until = (holds: () => boolean, what: string) => eventually(holds, what, 120_000)

  /** The next question to the model ends the server at once, in the middle of its answer. */
  function killWhenAsked(): void {
    const { child } = stage.machine.server()
    asked = () => {
      asked = () => {}
      child.kill('SIGKILL')
    }
  }

  const KILLS: readonly (readonly [string, () => void])[] = [
    ['while the model answers', killWhenAsked],
    ['before the answer was posted', () => stage.machine.order('kill', 'answer-intended')],
    [
      'after it was posted and before that was recorded',
      () => stage.machine.order('kill', 'answer-posted'),
    ],
  ]

  test.each(KILLS)(
    'a question, killed %s: one answer, and the reactions of one',
    async (_, kill) => {
      const { world, machine } = stage
      const answers = () =>
        shop.issueComments.filter(({ body }) => body.startsWith('A retry charges twice.'))
      const before = answers().length
      kill()
      const comment = world.comment(shop, pull.number, 'dev', QUESTION)
      await machine.ended()
      await machine.start()
      await until(() => comment.reactions.some(({ content }) => content === 'rocket'), 'an end')
      expect(answers().length - before).toBe(1)
      expect(comment.reactions.map(({ content }) => content)).toEqual(['eyes', 'rocket'])
    },
  )

  test.each([
    ['while the model weighs it', 0, killWhenAsked],
    [
      'after the answer was posted and before that was recorded',
      1,
      () => stage.machine.order('kill', 'answer-posted'),
    ],
  ] as const)('an objection, killed %s: one answer in its thread', async (_, at, kill) => {
    const { world, machine } = stage
    const thread = world.threads(pull)[at]
    if (thread === undefined) throw new Error('there is no such thread')
    const spoken = () => thread.comments.slice(1).filter(({ author }) => author.login === APP)
    kill()
    await world.reply(shop, pull, thread, 'dev', 'I do not think that this can happen.')
    await machine.ended()
    await machine.start()
    // The queue is empty again, and the log says how the job ended.
    await until(
      () => /"kind":"command"[^\n]*"result":"done"/.test(machine.server().log()),
      'an end of the job',
    )
    expect(spoken().map(({ body }) => body)).toEqual([
      expect.stringMatching(/^I would keep this one\./),
    ])
  })

  test('nothing that was sent breaks a published contract', () => {
    expect([stage.world.violations, model.violations]).toEqual([[], []])
  })
}

describe('answers, embedded store', () => tellKilledAnswers('embedded'))
describe.skipIf(postgresMissing() !== null)('answers, Postgres', () =>
  tellKilledAnswers('postgres'),
)
