import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { appComments, checked, createStage, reactions, type Stage } from './told-story.ts'

vi.setConfig({ testTimeout: 45_000 })

const REVIEWS = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
}, 60_000)
afterEach(() => stage.world.faults.clear())
afterAll(() => stage?.close(), 30_000)

test('help is answered once, with every command, however often it is delivered', async () => {
  const { world } = stage
  const scene = await stage.scene({ files: { 'README.md': '# hi\n' } })
  world.comment(scene.repository, scene.pull.number, 'dev', '/tech-lead help')
  const seen = await scene.until((page) => appComments(page).length > 0, 'an answer')
  expect(appComments(seen)[0]?.body).toContain('`/tech-lead review [full]`')
  const delivery = world.webhooks.log.findLast((one) => one.event === 'issue_comment')
  if (delivery !== undefined) await world.webhooks.redeliver(delivery)
  await world.webhooks.idle()
  expect(appComments(await scene.seen())).toHaveLength(1)
  expect(reactions(await scene.seen(), '/tech-lead help')).toEqual(['eyes', 'rocket'])
})

test('the matrix of a pull request is one comment, with what its calls lack', async () => {
  const { world } = stage
  const scene = await stage.scene({ draft: true })
  world.comment(scene.repository, scene.pull.number, 'dev', '/tech-lead matrix')
  const seen = await scene.until((page) => appComments(page).length > 0, 'an answer')
  expect(appComments(seen)[0]?.body).toMatch(
    /this pull request touches \d+ (?:call|webhook handler)/,
  )
  expect(appComments(seen)[0]?.body).toContain('| time | retry |')
  expect(seen.reviews).toEqual([])
})

test('a slip of the finger gets the command that was meant', async () => {
  const scene = await stage.scene({ files: { 'README.md': '# hi\n' } })
  stage.world.comment(scene.repository, scene.pull.number, 'dev', '/tech-lead reveiw')
  const seen = await scene.until((page) => appComments(page).length > 0, 'an answer')
  expect(appComments(seen)[0]?.body).toContain('Did you mean `/tech-lead review`?')
})

test('a stranger gets no words for an unknown command', async () => {
  const scene = await stage.scene({ files: { 'README.md': '# hi\n' } })
  const said = '/tech-lead @everyone'
  stage.world.comment(scene.repository, scene.pull.number, 'stranger', said)
  const seen = await scene.until((page) => reactions(page, said).length > 0, 'a reaction')
  expect([reactions(seen, said), appComments(seen).length]).toEqual([['confused'], 0])
})

test('an installation without checks gets its review all the same, and the operator one line', async () => {
  const { world, server } = stage
  // The draft lets the permissions change before there is anything to review.
  const scenes = [await stage.scene({ draft: true }), await stage.scene({ draft: true })]
  for (const { repository } of scenes) {
    const installation = world.installationOf(repository)
    const { checks: _, ...others } = installation.permissions
    world.setInstallationPermissions(installation, others)
  }
  const [first, second] = scenes
  if (first === undefined || second === undefined) throw new Error('there are two')
  for (const { repository, pull } of [first, second]) await world.markReady(repository, pull, 'dev')
  for (const scene of [first, second]) {
    const seen = await scene.until(({ reviews }) => reviews.length > 0, 'a review')
    expect([seen.checks, seen.reviews.length]).toEqual([[], 1])
  }
  world.comment(first.repository, first.pull.number, 'dev', '/tech-lead review')
  const again = await first.until(
    (page) => reactions(page, '/tech-lead review').includes('rocket'),
    'an end of the second review',
  )
  expect([again.checks, again.reviews.length]).toEqual([[], 1])
  // The words of the event and those that are read later are the same until somebody edits them.
  const answers = appComments(again).map(({ body }) => body)
  expect(answers.join()).toContain('Reviewed, 2 findings')
  expect(answers.join()).not.toContain('edited after the review was asked for')
  const { id } = world.installationOf(first.repository)
  const told = server
    .log()
    .split('\n')
    .filter((line) => line.includes('permissions not granted') && line.includes(`:${id},`))
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('checks: write')
})

test('an installation without issues is reviewed, and answered in threads', async () => {
  const { world } = stage
  const scene = await stage.scene({ draft: true })
  const installation = world.installationOf(scene.repository)
  const { issues: _, ...others } = installation.permissions
  world.setInstallationPermissions(installation, others)
  await world.markReady(scene.repository, scene.pull, 'dev')
  await scene.until(checked(/Reviewed, 2 findings/), 'a review')
  const [thread] = world.threads(scene.pull)
  if (thread === undefined) throw new Error('there is no thread')
  await world.reply(scene.repository, scene.pull, thread, 'dev', '/tech-lead help')
  await scene.until(() => thread.comments.length > 2, 'an answer in the thread')
  expect(thread.comments[2]?.body).toContain('`/tech-lead review [full]`')
  // The rocket follows the answer.
  const seen = () => thread.comments[1]?.reactions.map(({ content }) => content) ?? []
  await scene.until(() => seen().length > 1, 'both reactions')
  expect(seen()).toEqual(['eyes', 'rocket'])
  expect(appComments(await scene.seen())).toHaveLength(1)
})

test("the button of a paused check lets reviews go on, and a reader's press does not", async () => {
  const { world } = stage
  const scene = await stage.scene()
  await scene.until(checked(/Reviewed, 2 findings/), 'a review')
  world.comment(scene.repository, scene.pull.number, 'dev', '/tech-lead pause')
  await scene.until((page) => reactions(page, '/tech-lead pause').includes('rocket'), 'a pause')
  const push = (message: string, text: string) =>
    world.push(scene.repository, 'work', {
      ...{ author: 'dev', message },
      files: { 'src/refund.ts': text },
    })
  await push('More', "import Stripe from 'stripe'\n")
  await scene.until(checked(/^Paused$/), 'a paused check')
  const paused = scene.repository.checkRuns.at(-1)
  if (paused === undefined) throw new Error('there is no check')

  world.requestAction(scene.repository, paused, 'resume', 'reader')
  await world.webhooks.idle()
  await vi.waitFor(() => expect(stage.server.log()).toMatch(/"because":"[^"]*reader[^"]*"/))
  expect(
    (await scene.seen()).checks.filter(({ title }) => /^Reviewed/.test(title ?? '')),
  ).toHaveLength(1)

  world.requestAction(scene.repository, paused, 'resume', 'maintainer')
  await scene.until(checked(/^Reviewed/), 'a review of the head that the button stands on')
  await push('Even more', "import Stripe from 'stripe'\n\nexport const none = 1\n")
  const seen = await scene.until(checked(/^Reviewed/), 'a review of the next push')
  expect(seen.checks.every(({ status }) => status === 'completed')).toBe(true)
})

test('a draft is left alone until it is ready', async () => {
  const { world } = stage
  const scene = await stage.scene({ draft: true })
  await world.webhooks.idle()
  await vi.waitFor(() => expect(stage.server.log()).toMatch(/"because":"it is a draft"/))
  expect((await scene.seen()).checks).toEqual([])
  await world.markReady(scene.repository, scene.pull, 'dev')
  const seen = await scene.until(checked(/Reviewed, 2 findings/), 'a review')
  expect(seen.reviews).toHaveLength(1)
})

test('a command reviews a draft too', async () => {
  const scene = await stage.scene({ draft: true })
  stage.world.comment(scene.repository, scene.pull.number, 'dev', '/tech-lead review')
  const seen = await scene.until(checked(/Reviewed, 2 findings/), 'a review')
  expect(seen.reviews).toHaveLength(1)
})

test('who asks and gets no finding is answered in the summary', async () => {
  const scene = await stage.scene({ files: { 'src/mail.ts': '// no mail any more\n' } })
  await scene.until((page) => page.checks.some((check) => check.status === 'completed'), 'a check')
  stage.world.comment(scene.repository, scene.pull.number, 'dev', '/tech-lead review')
  const seen = await scene.until((page) => appComments(page).length > 0, 'an answer')
  expect(appComments(seen)).toHaveLength(1)
})

test('nothing in scope is one completed check, no comment, and at most six calls', async () => {
  const { world } = stage
  await world.webhooks.idle()
  const scene = await stage.scene({
    private: true,
    files: { 'docs/guide.md': '# Guide\n', 'README.md': '# The shop\n' },
  })
  const seen = await scene.until(checked(/Nothing to review/), 'a check')
  const mine = world.journal
    .calls()
    .filter((call) => call.caller.kind === 'installation')
    .filter(
      (call) =>
        call.caller.kind === 'installation' &&
        (call.caller.repositoryIds ?? []).includes(scene.repository.id),
    )
  const routes = mine.map((call) => call.graphql ?? call.route)
  expect(routes.length, routes.join('\n')).toBeLessThanOrEqual(6)
  expect(seen.checks.map((check) => check.conclusion)).toEqual(['success'])
  expect([seen.comments.length, seen.reviews.length]).toEqual([0, 0])
  expect(routes.filter((route) => route?.startsWith('PATCH'))).toEqual([])
})

test('a pull request that is closed during the review gets none, and its check is concluded', async () => {
  const { world } = stage
  const route = 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}'
  const order = { scene: null as Awaited<ReturnType<Stage['scene']>> | null }
  const closing = Promise.withResolvers<void>()
  world.fault(route, {
    kind: 'meanwhile',
    run: async () => {
      await vi.waitUntil(() => order.scene !== null)
      if (order.scene) await world.close(order.scene.repository, order.scene.pull, 'dev')
      closing.resolve()
    },
  })
  const scene = await stage.scene()
  order.scene = scene
  await closing.promise
  const seen = await scene.until(
    (page) => page.checks.every((check) => check.status === 'completed'),
    'a concluded check',
  )
  expect([seen.reviews.length, appComments(seen).length]).toEqual([0, 0])
  expect(seen.checks.filter((check) => check.conclusion === 'success')).toEqual([])
})

test('a push during the review leaves one review, of the new head', async () => {
  const { world } = stage
  const order = { scene: null as Awaited<ReturnType<Stage['scene']>> | null }
  const pushing = Promise.withResolvers<void>()
  world.fault('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
    kind: 'meanwhile',
    run: async () => {
      await vi.waitUntil(() => order.scene !== null)
      if (order.scene) {
        const files = { 'src/more.ts': '// one line more\n' }
        await world.push(order.scene.repository, 'work', { author: 'dev', files })
      }
      pushing.resolve()
    },
  })
  const scene = await stage.scene()
  order.scene = scene
  await pushing.promise
  await scene.until(checked(/Reviewed, 2 findings/), 'a review of the new head')
  const seen = await scene.until(
    (page) => page.checks.every((check) => check.status === 'completed'),
    'no open check',
  )
  expect(seen.reviews.map((review) => review.commit)).toEqual([seen.headSha])
})

test('when GitHub refuses an anchor, the same findings stand in the body of one review', async () => {
  const { world } = stage
  world.fault(REVIEWS, {
    kind: 'status',
    status: 422,
    body: { message: 'Unprocessable Entity', errors: ['Line could not be resolved'] },
  })
  const scene = await stage.scene()
  const seen = await scene.until(checked(/Reviewed, 2 findings/), 'a review')
  expect(seen.reviews).toHaveLength(1)
  expect(seen.reviews[0]?.comments).toEqual([])
  expect(seen.reviews[0]?.body).toContain('src/charge.ts:4')
  expect(seen.reviews[0]?.body).toContain('src/crm.ts:8')
})

test('a locked conversation gets nothing but a check that holds every finding in full', async () => {
  const { world } = stage
  const locked = {
    kind: 'status',
    status: 403,
    body: { message: 'Unable to create: locked' },
  } as const
  world.fault(REVIEWS, locked, 5)
  const scene = await stage.scene()
  const seen = await scene.until(checked(/Reviewed, 2 findings/), 'a check')
  expect([seen.reviews.length, appComments(seen).length]).toEqual([0, 0])
  const [check] = seen.checks
  expect(check?.summary).toContain('src/charge.ts:4')
  expect(check?.summary).toContain('When it breaks')
})

test('a review that GitHub refuses for good leaves summary and check, and no dead job', async () => {
  const { world } = stage
  const body = { message: 'Validation Failed', errors: ['body is not allowed here'] }
  world.fault(REVIEWS, { kind: 'status', status: 422, body }, 2)
  const scene = await stage.scene()
  const seen = await scene.until(checked(/Reviewed, 2 findings/), 'a check')
  expect([seen.reviews.length, appComments(seen).length]).toEqual([0, 1])
})

test('nothing that was sent breaks the published contract of GitHub', () => {
  expect(stage.world.violations).toEqual([])
})
