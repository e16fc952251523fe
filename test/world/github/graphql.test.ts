import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, repositoryClient } from './client.ts'
import { type Stage, stage } from './stage.ts'
import { nodeId } from './state.ts'
import { createGitHubWorld, type GitHubWorld } from './world.ts'

let world: GitHubWorld
beforeAll(async () => {
  world = await createGitHubWorld()
})
afterAll(() => world.stop())

type GraphqlAnswer = {
  data?: Record<string, unknown>
  errors?: { type?: string; message: string; path?: unknown }[]
}

/** The raw answer: GitHub reports errors with status 200. */
async function ask(
  on: Stage,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<GraphqlAnswer> {
  const { data, status } = await on.client.request('POST /graphql', { query, variables })
  expect(status).toBe(200)
  return data as GraphqlAnswer
}

const REPOSITORY = 'query($owner: String!, $repo: String!)'

function inRepository(fields: string): string {
  return `${REPOSITORY} { repository(owner: $owner, name: $repo) { ${fields} } }`
}

const COMMIT = `mutation($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid message } ref { name target { oid } } }
}`

function commitInput(on: Stage, expectedHeadOid: string, files: Record<string, string>): object {
  return {
    branch: { repositoryNameWithOwner: `${on.target.owner}/${on.target.repo}`, branchName: 'main' },
    message: { headline: 'Remember', body: 'Run: 1' },
    expectedHeadOid,
    fileChanges: {
      additions: Object.entries(files).map(([path, text]) => ({
        path,
        contents: Buffer.from(text).toString('base64'),
      })),
    },
  }
}

describe('queries', () => {
  test('a pull request comes with reviews, threads and comments in one query', async () => {
    const on = await stage(world)
    world.comment(on.repository, 1, 'dev', 'hello')
    await on.client.rest.pulls.createReview({
      ...on.target,
      event: 'COMMENT',
      body: 'Summary',
      comments: [{ path: 'src/pay.ts', line: 10, side: 'RIGHT', body: 'Here' }],
    })
    const answer = await ask(
      on,
      inRepository(`databaseId defaultBranchRef { name target { oid } }
        pullRequest(number: 1) {
          databaseId id title body state isDraft merged headRefOid baseRefOid baseRefName headRefName
          author { login ... on User { databaseId } ... on Bot { databaseId } }
          authorAssociation changedFiles isCrossRepository updatedAt
          reviews(first: 10) { nodes { databaseId state body author { login } commit { oid } } pageInfo { hasNextPage endCursor } }
          comments(first: 10) { nodes { databaseId body author { login } } }
          reviewThreads(first: 10) { nodes { id isResolved isOutdated path line originalLine resolvedBy { login }
            comments(first: 1) { nodes { databaseId body author { login ... on Bot { databaseId } } } } } }
        }`),
      at(on.repository),
    )
    expect(answer.errors).toBeUndefined()
    const [review] = on.pull.reviews
    expect(answer.data?.['repository']).toMatchObject({
      databaseId: on.repository.id,
      defaultBranchRef: { name: 'main', target: { oid: on.pull.base.sha } },
      pullRequest: {
        databaseId: on.pull.id,
        state: 'OPEN',
        headRefOid: on.pull.head.sha,
        authorAssociation: 'MEMBER',
        changedFiles: 2,
        isCrossRepository: false,
        author: { login: 'dev' },
        // A bot has no suffix here, unlike in REST.
        reviews: {
          nodes: [
            { databaseId: review?.id, state: 'COMMENTED', author: { login: world.app.slug } },
          ],
        },
        comments: { nodes: [{ body: 'hello' }] },
        reviewThreads: {
          nodes: [
            {
              isResolved: false,
              line: 10,
              comments: { nodes: [{ body: 'Here', author: { databaseId: world.bot.id } }] },
            },
          ],
        },
      },
    })
  })

  test('blobs are read by expression: text, binary, missing and directories', async () => {
    const on = await stage(world)
    await world.push(on.repository, 'main', {
      files: { 'pic.png': Buffer.from([0, 1]), 'a/b.ts': 'b\n' },
    })
    const answer = await ask(
      on,
      inRepository(`
        text: object(expression: "main:a/b.ts") { ... on Blob { text byteSize isBinary isTruncated oid } }
        binary: object(expression: "main:pic.png") { ... on Blob { text isBinary } }
        missing: object(expression: "main:nope.ts") { oid }
        folder: object(expression: "main:a") { ... on Tree { entries { name path type mode object { ... on Blob { text } } } } }`),
      at(on.repository),
    )
    expect(answer.data?.['repository']).toMatchObject({
      text: { text: 'b\n', byteSize: 2, isBinary: false, isTruncated: false },
      binary: { text: null, isBinary: true },
      missing: null,
      folder: {
        entries: [
          { name: 'b.ts', path: 'a/b.ts', type: 'blob', mode: 0o100644, object: { text: 'b\n' } },
        ],
      },
    })
  })

  test('pages follow their cursors to the end', async () => {
    const on = await stage(world)
    for (const body of ['one', 'two', 'three']) world.comment(on.repository, 1, 'dev', body)
    const query = `query($owner: String!, $repo: String!, $after: String) { repository(owner: $owner, name: $repo) {
      pullRequest(number: 1) { comments(first: 2, after: $after) { nodes { body } pageInfo { hasNextPage endCursor } } } } }`
    type Page = { nodes: { body: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
    const read = async (after: string | null): Promise<Page> => {
      const { repository } = await on.client.graphql<{
        repository: { pullRequest: { comments: Page } }
      }>(query, {
        ...at(on.repository),
        after,
      })
      return repository.pullRequest.comments
    }
    const first = await read(null)
    const second = await read(first.pageInfo.endCursor)
    expect([...first.nodes, ...second.nodes].map((each) => each.body)).toEqual([
      'one',
      'two',
      'three',
    ])
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false])
  })

  test('the checks of a commit are found by app', async () => {
    const on = await stage(world)
    const head_sha = on.pull.head.sha
    world.addForeignCheck(on.repository, { appId: 15368, name: 'build', headSha: head_sha })
    await on.client.rest.checks.create({
      ...at(on.repository),
      name: 'Tech lead',
      head_sha,
      external_id: 'key',
    })
    const answer = await ask(
      on,
      inRepository(`object(oid: "${head_sha}") { ... on Commit { checkSuites(first: 5, filterBy: { appId: ${world.app.id} }) {
        nodes { app { databaseId } checkRuns(first: 5, filterBy: { checkType: ALL }) { nodes { name externalId status conclusion } } } } } }`),
      at(on.repository),
    )
    expect(answer.data).toMatchObject({
      repository: {
        object: {
          checkSuites: {
            nodes: [
              {
                app: { databaseId: world.app.id },
                checkRuns: {
                  nodes: [
                    { name: 'Tech lead', externalId: 'key', status: 'QUEUED', conclusion: null },
                  ],
                },
              },
            ],
          },
        },
      },
    })
  })

  test('a field that does not exist and a list without a size are refused and recorded', async () => {
    const own = await createGitHubWorld()
    const on = await stage(own)
    const unknown = await ask(on, inRepository('stars'), at(on.repository))
    expect(unknown.data).toBeUndefined()
    expect(unknown.errors?.[0]?.message).toContain('Cannot query field "stars"')
    expect(own.violations).toHaveLength(1)
    const boundless = await ask(on, inRepository('pullRequests { totalCount }'), at(on.repository))
    expect(boundless.errors?.[0]?.type).toBe('MISSING_PAGINATION_BOUNDARIES')
    const large = await ask(
      on,
      inRepository('pullRequests(first: 101) { totalCount }'),
      at(on.repository),
    )
    expect(large.errors?.[0]?.type).toBe('EXCESSIVE_PAGINATION')
    await own.stop()
  })

  test('a field of the schema that the world lacks is an error and not a silent null', async () => {
    const own = await createGitHubWorld()
    const on = await stage(own)
    const answer = await ask(on, inRepository('homepageUrl'), at(on.repository))
    expect(answer.errors?.[0]?.message).toBe('The world does not serve Repository.homepageUrl')
    expect(own.violations).toMatchObject([{ kind: 'unserved', detail: 'Repository.homepageUrl' }])
    await own.stop()
  })

  test('what a token cannot reach does not exist, and what it may not read is forbidden', async () => {
    const [on, other] = [await stage(world), await stage(world)]
    const hidden = await ask(on, inRepository('id'), at(other.repository))
    expect(hidden).toMatchObject({
      data: { repository: null },
      errors: [{ type: 'NOT_FOUND', path: ['repository'] }],
    })
    const client = await repositoryClient(world, on.repository, { pull_requests: 'read' })
    const blob = 'object(expression: "main:README.md") { oid }'
    const refused = await ask({ ...on, client }, inRepository(blob), at(on.repository))
    expect(refused.errors).toMatchObject([
      { type: 'FORBIDDEN', message: 'Resource not accessible by integration' },
    ])
  })
})

describe('createCommitOnBranch', () => {
  test('it makes one real commit by the bot, with additions and deletions', async () => {
    const on = await stage(world)
    const input = {
      ...commitInput(on, on.pull.base.sha, { '.claude/a.md': 'ä\n', 'b.md': 'b\n' }),
      fileChanges: {
        additions: [{ path: '.claude/a.md', contents: Buffer.from('ä\n').toString('base64') }],
        deletions: [{ path: 'README.md' }],
      },
    }
    const answer = await ask(on, COMMIT, { input })
    const tip = (await on.repository.git.resolve('main')) ?? ''
    expect(answer.data).toEqual({
      createCommitOnBranch: {
        commit: { oid: tip, message: 'Remember\n\nRun: 1' },
        ref: { name: 'main', target: { oid: tip } },
      },
    })
    expect(await on.repository.git.run(['show', 'main:.claude/a.md'])).toBe('ä\n')
    expect(await on.repository.git.run(['log', '-1', '--format=%an <%ae>|%cn|%P', 'main'])).toBe(
      `${world.bot.login} <${world.bot.email}>|GitHub|${on.pull.base.sha}\n`,
    )
    expect(await on.repository.git.read('main:README.md')).toBeNull()
    expect(world.webhooks.log.findLast((each) => each.event === 'push')?.payload).toMatchObject({
      after: tip,
      sender: { login: world.bot.login },
    })
  })

  test('a branch that has moved answers STALE_DATA with status 200 and changes nothing', async () => {
    const on = await stage(world)
    const stale = on.pull.base.sha
    const tip = await world.push(on.repository, 'main', { files: { 'x.ts': 'x\n' } })
    const answer = await ask(on, COMMIT, { input: commitInput(on, stale, { 'a.md': 'a\n' }) })
    expect(answer).toMatchObject({
      data: { createCommitOnBranch: null },
      errors: [{ type: 'STALE_DATA', path: ['createCommitOnBranch'] }],
    })
    expect(await on.repository.git.resolve('main')).toBe(tip)
  })

  test('of two writers with the same expectation exactly one wins', async () => {
    const on = await stage(world)
    const write = (name: string): Promise<GraphqlAnswer> =>
      ask(on, COMMIT, { input: commitInput(on, on.pull.base.sha, { [name]: 'x\n' }) })
    const answers = await Promise.all([write('a.md'), write('b.md'), write('c.md')])
    const errors = answers.flatMap((each) => each.errors ?? [])
    expect(errors.map((each) => each.type)).toEqual(['STALE_DATA', 'STALE_DATA'])
    expect(await on.repository.git.run(['rev-list', '--count', 'main'])).toBe('2\n')
  })

  test('rules and push protection refuse it, and the rules can be read before', async () => {
    const on = await stage(world)
    const write = (text: string): Promise<GraphqlAnswer> =>
      ask(on, COMMIT, { input: commitInput(on, on.pull.base.sha, { 'a.md': text }) })
    on.repository.pushProtection = true
    expect((await write(`AKIA${'ABCD'.repeat(4)}`)).errors?.[0]?.message).toContain(
      'cannot contain secrets',
    )
    world.protectBranch(on.repository, 'main', [{ type: 'pull_request' }])
    const { data } = await on.client.rest.repos.getBranchRules({
      ...at(on.repository),
      branch: 'main',
    })
    expect(data.map((each) => each.type)).toEqual(['pull_request'])
    expect((await write('fine')).errors?.[0]?.message).toContain('Repository rule violations found')
    expect(await on.repository.git.resolve('main')).toBe(on.pull.base.sha)
  })

  test('it needs permission to write contents', async () => {
    const on = await stage(world)
    const client = await repositoryClient(world, on.repository, {
      contents: 'read',
      pull_requests: 'write',
    })
    const answer = await ask({ ...on, client }, COMMIT, {
      input: commitInput(on, on.pull.base.sha, { a: 'a' }),
    })
    expect(answer.errors).toMatchObject([{ type: 'FORBIDDEN' }])
  })
})

describe('conversations', () => {
  test('a thread is resolved by its node id, a comment minimised by its own', async () => {
    const on = await stage(world)
    const comments = [{ path: 'src/pay.ts', line: 10, side: 'RIGHT', body: 'Here' }]
    await on.client.rest.pulls.createReview({ ...on.target, event: 'COMMENT', body: 'x', comments })
    const [thread] = world.threads(on.pull)
    const resolve =
      'mutation($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }'
    const resolved = await ask(on, resolve, { id: nodeId('PRRT', thread?.id ?? 0) })
    expect(resolved.data).toEqual({ resolveReviewThread: { thread: { isResolved: true } } })
    expect(thread?.resolvedBy?.id).toBe(world.bot.id)
    const wrong = await ask(on, resolve, { id: nodeId('PRRC', thread?.comments[0]?.id ?? 0) })
    expect(wrong.errors).toMatchObject([{ type: 'NOT_FOUND' }])

    const sticky = await on.client.rest.issues.createComment({
      ...at(on.repository),
      issue_number: 1,
      body: 'old',
    })
    const minimise = `mutation($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) {
      minimizedComment { isMinimized minimizedReason } } }`
    const minimised = await ask(on, minimise, { id: sticky.data.node_id })
    expect(minimised.data).toEqual({
      minimizeComment: { minimizedComment: { isMinimized: true, minimizedReason: 'outdated' } },
    })
  })
})
