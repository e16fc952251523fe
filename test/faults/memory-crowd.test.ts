import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, postgresMissing, startPostgres } from '../support/postgres.ts'
import { eventually, WEBHOOK_SECRET } from '../support/server-process.ts'
import type { Repository } from '../world/github/state.ts'
import type { GitHubWorld } from '../world/github/world.ts'
import { type Case, ownChecks } from './flawed-pull-request.ts'
import { createStage, embeddedHome, type Home, postgresHome, type Stage } from './machine.ts'

// Thirty reviews of one repository at the same moment, each of which learns something, while people
// edit the memory. What counts is the folder at the end, and how it came about.

const REVIEWS = 30
const HUMAN_EDITS = 6
const FOLDER = '.claude/agent-memory/integrations-tech-lead'
const MINUTE_MS = 60_000

const numbers = Array.from({ length: REVIEWS }, (_, index) => index + 1)
const keyOf = (number: number) => `SENDGRID_KEY_${number}_`

/** Code that stands on the default branch and that one of the reviews touches. */
const mailer = (number: number, words = 'hi') => `import sendgrid from '@sendgrid/mail'

sendgrid.setApiKey(process.env.${keyOf(number)} ?? '')
export const send${number} = (to: string) =>
  sendgrid.send({ to, from: 'a@b.example', text: '${words}', subject: 's' })
`

async function createMailers(world: GitHubWorld): Promise<Repository> {
  return world.createRepository({
    ...{ owner: 'acme', name: 'crowd', private: true, roles: { dev: 'write' } },
    files: Object.fromEntries(numbers.map((one) => [`src/mail-${one}.ts`, mailer(one)])),
  })
}

async function openAll(world: GitHubWorld, repository: Repository): Promise<readonly Case[]> {
  const receiver = world.webhooks
  receiver.sendTo(null)
  const cases: Case[] = []
  for (const number of numbers) {
    const files = { [`src/mail-${number}.ts`]: mailer(number, 'hello') }
    await world.push(repository, `mail-${number}`, { author: 'dev', message: 'hello', files })
    const order = { repository, head: `mail-${number}`, title: `Mail ${number}`, author: 'dev' }
    cases.push({ repository, pull: await world.openPullRequest(order) })
  }
  return cases
}

function tellCrowd(homeOf: () => Promise<Home>): void {
  let stage: Stage
  beforeAll(async () => {
    stage = await createStage(await homeOf())
    await stage.machine.start()
  })
  afterAll(() => stage?.close())

  test('thirty reviews and people who edit meanwhile leave one whole memory', async () => {
    const { world, machine } = stage
    const repository = await createMailers(world)
    await world.webhooks.idle()
    const cases = await openAll(world, repository)
    const receiver = { url: machine.webhookUrl, secret: WEBHOOK_SECRET }
    const opened = world.webhooks.log.filter(
      ({ event, action }) => event === 'pull_request' && action === 'opened',
    )
    await Promise.all(opened.map((delivery) => world.webhooks.deliver(delivery, receiver)))
    world.webhooks.sendTo(receiver)

    let edits = 0
    const text = (path: string) => repository.git.run(['show', `main:${path}`]).catch(() => '')
    const edit = async () => {
      edits += 1
      const path = `${FOLDER}/team-notes.md`
      const files = { [path]: `${await text(path)}- Said by a person, number ${edits}.\n` }
      await world.push(repository, 'main', { author: 'dev', message: `note ${edits}`, files })
    }
    const isReviewed = (one: Case) =>
      ownChecks(world, one).some(({ status }) => status === 'completed')
    let memory = ''
    await eventually(
      () =>
        edits === HUMAN_EDITS &&
        cases.every(isReviewed) &&
        numbers.every((number) => memory.includes(keyOf(number))),
      'every review is done and every fact is written',
      600_000,
      async () => {
        const reviewed = cases.filter(isReviewed).length
        if (edits < HUMAN_EDITS && reviewed >= (edits * REVIEWS) / HUMAN_EDITS) await edit()
        memory = await text(`${FOLDER}/sendgrid.md`)
        await new Promise((resolve) => setTimeout(resolve, 1_000))
      },
    )

    // No fact is lost and none is there twice.
    for (const number of numbers) expect(memory.split(keyOf(number))).toHaveLength(2)
    const notes = await text(`${FOLDER}/team-notes.md`)
    for (let number = 1; number <= HUMAN_EDITS; number += 1)
      expect(notes.split(`number ${number}.`)).toHaveLength(2)
    const log = await repository.git.run(['log', '--format=%an%x09%ct%x09%P', 'main'])
    const commits = log
      .trim()
      .split('\n')
      .map((row) => row.split('\t'))
    // One line of history: nothing was forced over what somebody had written.
    expect(commits.filter(([, , parents = '']) => parents.includes(' '))).toEqual([])
    const people = commits.filter(([author]) => author !== world.bot.login)
    expect(people.length).toBe(HUMAN_EDITS + 1)
    const times = commits
      .filter(([author]) => author === world.bot.login)
      .map(([, seconds]) => Number(seconds) * 1_000)
      .toSorted((a, b) => a - b)
    // A commit's time has whole seconds.
    for (const [index, at] of times.entries())
      expect((times[index + 2] ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThan(MINUTE_MS - 2_000)
    expect(world.violations).toEqual([])
    process.stdout.write(
      `${REVIEWS} reviews, ${HUMAN_EDITS} edits of people, ${times.length} commits of ours\n`,
    )
  }, 900_000)
}

describe('embedded store', () => tellCrowd(embeddedHome))
const missing = postgresMissing()
describe.skipIf(missing)(missing ? `Postgres (skipped: ${missing})` : 'Postgres', () => {
  let postgres: PostgresServer
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres?.stop())
  tellCrowd(() => postgresHome(postgres, 'crowd'))
})
