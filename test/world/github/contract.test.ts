import { gunzipSync } from 'node:zlib'
import { Octokit } from '@octokit/rest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appClient, at, QUIET, refusal } from './client.ts'
import { ROUTES } from './rest/routes.ts'
import { SERVED_OPERATIONS } from './served-operations.ts'
import { confirmedManifest, stage } from './stage.ts'
import { gitHubValidator } from './validate.ts'
import { createGitHubWorld, type GitHubWorld } from './world.ts'

let world: GitHubWorld
beforeAll(async () => {
  world = await createGitHubWorld()
})
afterAll(() => world.stop())

const PULL = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'

describe('the official description', () => {
  test('every operation of the trimmed description has exactly one route', () => {
    expect(ROUTES.map((each) => each.operation).sort()).toEqual([...SERVED_OPERATIONS].sort())
  })

  test('an answer that lacks a field or has a wrong type is found', async () => {
    const { client, target } = await stage(world)
    const { data } = await client.rest.pulls.get(target)
    const validator = gitHubValidator()
    expect(validator.response(PULL, 200, data)).toEqual([])
    expect(validator.response(PULL, 200, { ...data, id: 'x' })).toEqual(['/id must be integer'])
    const { user: _user, ...rest } = data
    expect(validator.response(PULL, 200, rest)).toEqual(["must have required property 'user'"])
    expect(validator.response(PULL, 299, data)).toEqual(['status 299 is not described'])
  })

  test('a field that GitHub does not know is recorded, however deep, and the request still served', async () => {
    const own = await createGitHubWorld()
    const { client, target } = await stage(own)
    await client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
      ...target,
      event: 'COMMENT',
      body: 'x',
      colour: 'red',
      comments: [
        { path: 'src/new.ts', line: 1, body: 'x', severity: 'high' } as {
          path: string
          body: string
        },
      ],
    })
    await client.request(PULL, { ...target, deep: 1 })
    expect(own.violations.map((each) => `${each.kind} ${each.detail}`).sort()).toEqual([
      'unknown-field /colour',
      'unknown-field /comments/0/severity',
      'unknown-field ?deep',
    ])
    await own.stop()
  })

  test('a route that is not served answers 501 and is recorded', async () => {
    const own = await createGitHubWorld()
    const { client, repository } = await stage(own)
    expect(
      (await refusal(client.rest.activity.starRepoForAuthenticatedUser(at(repository)))).status,
    ).toBe(501)
    expect(own.violations).toMatchObject([{ kind: 'unserved' }])
    await own.stop()
  })

  test('a request without a User-Agent is turned away', async () => {
    const own = await createGitHubWorld()
    const answer = await fetch(`${own.apiUrl}/app`, { headers: { 'user-agent': '' } })
    expect(answer.status).toBe(403)
    expect(own.violations).toMatchObject([{ kind: 'user-agent' }])
    await own.stop()
  })
})

describe('a walk through every route', () => {
  test('all answers fit the official description', async () => {
    const own = await createGitHubWorld()
    const { client, repository, pull, target } = await stage(own)
    const app = appClient(own)
    const place = at(repository)
    const { rest } = client
    const sha = pull.head.sha
    await app.rest.apps.getAuthenticated()
    const { data: installations } = await app.rest.apps.listInstallations()
    await app.rest.apps.getInstallation({ installation_id: installations[0]?.id ?? 0 })
    await app.rest.apps.getRepoInstallation(place)
    const { data: deliveries } = await app.rest.apps.listWebhookDeliveries()
    const delivery_id = deliveries[0]?.id ?? 0
    await app.rest.apps.getWebhookDelivery({ delivery_id })
    await app.rest.apps.redeliverWebhookDelivery({ delivery_id })
    await rest.apps.listReposAccessibleToInstallation()
    await rest.rateLimit.get()
    await rest.users.getByUsername({ username: own.bot.login })
    await rest.repos.get(place)
    await rest.repos.getCollaboratorPermissionLevel({ ...place, username: 'dev' })
    await rest.repos.getContent({ ...place, path: 'src/pay.ts' })
    await rest.repos.getContent({ ...place, path: '' })
    await rest.repos.getBranch({ ...place, branch: 'main' })
    await rest.repos.getBranchRules({ ...place, branch: 'main' })
    await rest.repos.listCommits({ ...place, path: 'README.md', author: 'dev' })
    await rest.repos.getCommit({ ...place, ref: sha })
    await rest.repos.compareCommitsWithBasehead({ ...place, basehead: 'main...feature' })
    const { data: tree } = await rest.git.getTree({ ...place, tree_sha: sha, recursive: '1' })
    const blob = tree.tree.find((each) => each.type === 'blob')
    await rest.git.getBlob({ ...place, file_sha: blob?.sha ?? '' })
    await rest.git.getCommit({ ...place, commit_sha: sha })
    await rest.git.createRef({ ...place, ref: 'refs/heads/tech-lead/memory', sha })
    await rest.git.getRef({ ...place, ref: 'heads/tech-lead/memory' })
    await rest.git.listMatchingRefs({ ...place, ref: 'heads/tech-lead' })
    await rest.git.updateRef({
      ...place,
      ref: 'heads/tech-lead/memory',
      sha: pull.base.sha,
      force: true,
    })
    await rest.git.updateRef({ ...place, ref: 'heads/tech-lead/memory', sha })
    const memory = await rest.pulls.create({
      ...place,
      head: 'tech-lead/memory',
      base: 'main',
      title: 'Memory',
    })
    await rest.pulls.update({
      ...place,
      pull_number: memory.data.number,
      body: 'b',
      state: 'closed',
    })
    await rest.pulls.list({ ...place, state: 'all', head: `${place.owner}:feature`, base: 'main' })
    await rest.git.deleteRef({ ...place, ref: 'heads/tech-lead/memory' })
    await rest.pulls.get(target)
    await rest.pulls.listFiles(target)
    const comments = [{ path: 'src/pay.ts', start_line: 9, line: 10, side: 'RIGHT', body: 'x' }]
    const review = await rest.pulls.createReview({
      ...target,
      event: 'REQUEST_CHANGES',
      body: 'x',
      comments,
    })
    const one = { ...target, review_id: review.data.id }
    await rest.pulls.listReviews(target)
    await rest.pulls.getReview(one)
    await rest.pulls.updateReview({ ...one, body: 'y' })
    const listed = await rest.pulls.listCommentsForReview(one)
    await rest.pulls.dismissReview({ ...one, message: 'z' })
    const pending = await rest.pulls.createReview(target)
    await rest.pulls.submitReview({
      ...target,
      review_id: pending.data.id,
      event: 'COMMENT',
      body: 'x',
    })
    const again = await rest.pulls.createReview(target)
    await rest.pulls.deletePendingReview({ ...target, review_id: again.data.id })
    const comment_id = listed.data[0]?.id ?? 0
    await rest.pulls.listReviewComments(target)
    await rest.pulls.createReplyForReviewComment({ ...target, comment_id, body: 'r' })
    const file = { path: 'src/new.ts', subject_type: 'file', commit_id: sha, body: 'f' } as const
    const single = await rest.pulls.createReviewComment({ ...target, ...file })
    await rest.pulls.getReviewComment({ ...place, comment_id })
    await rest.pulls.updateReviewComment({ ...place, comment_id, body: 'e' })
    await rest.reactions.createForPullRequestReviewComment({
      ...place,
      comment_id,
      content: 'eyes',
    })
    await rest.reactions.createForPullRequestReviewComment({
      ...place,
      comment_id,
      content: 'eyes',
    })
    await rest.reactions.listForPullRequestReviewComment({ ...place, comment_id })
    await rest.pulls.deleteReviewComment({ ...place, comment_id: single.data.id })
    await rest.issues.get({ ...place, issue_number: 1 })
    const issue = await rest.issues.create({ ...place, title: 'x' })
    await rest.issues.update({ ...place, issue_number: issue.data.number, body: 'y' })
    await rest.issues.listForRepo({ ...place, state: 'all', creator: own.bot.login })
    const said = await rest.issues.createComment({ ...place, issue_number: 1, body: 'x' })
    const words = { ...place, comment_id: said.data.id }
    await rest.issues.listComments({ ...place, issue_number: 1 })
    await rest.issues.getComment(words)
    await rest.issues.updateComment({ ...words, body: 'y' })
    await rest.reactions.createForIssueComment({ ...words, content: 'rocket' })
    await rest.reactions.listForIssueComment(words)
    await rest.issues.deleteComment(words)
    const annotation = {
      path: 'a',
      start_line: 1,
      end_line: 1,
      annotation_level: 'notice',
      message: 'm',
    } as const
    const output = { title: 'T', summary: 'S', annotations: [annotation] }
    const check = await rest.checks.create({
      ...place,
      name: 'c',
      head_sha: sha,
      status: 'in_progress',
      output,
    })
    const run = { ...place, check_run_id: check.data.id }
    await rest.checks.update({ ...run, conclusion: 'success' })
    await rest.checks.get(run)
    await rest.checks.listAnnotations(run)
    await rest.checks.listForRef({ ...place, ref: sha })
    await rest.repos.merge({ ...place, base: 'feature', head: 'main' })
    await own.merge(repository, pull)
    await rest.pulls.get(target)
    await rest.repos.downloadTarballArchive({ ...place, ref: 'main' })
    await rest.apps.revokeInstallationAccessToken()
    expect(own.violations).toEqual([])
    const nobody = new Octokit({ baseUrl: own.apiUrl, log: QUIET })
    await nobody.rest.apps.createFromManifest({ code: await confirmedManifest(own) })
    const walked = new Set(own.journal.entries.map((each) => each.route))
    expect(SERVED_OPERATIONS.filter((each) => !walked.has(each))).toEqual([])
    await own.stop()
  }, 30_000)
})

describe('around the routes', () => {
  test('an archive is downloaded at another address, and a credential that comes along is noticed', async () => {
    const { client, repository } = await stage(world)
    await world.push(repository, 'main', {
      files: {
        '.gitattributes': 'secret.ts export-ignore\n',
        'secret.ts': 'x\n',
        'seen.ts': 'y\n',
      },
    })
    const { data, url } = await client.rest.repos.downloadTarballArchive({
      ...at(repository),
      ref: 'main',
    })
    expect(new URL(url).host).not.toBe(world.host)
    const names = gunzipSync(Buffer.from(data as ArrayBuffer)).toString('latin1')
    expect(names).toContain('/seen.ts')
    expect(names).not.toContain('/secret.ts')
    expect(world.archiveRequests.at(-1)?.hadAuthorization).toBe(false)
    await fetch(url, { headers: { authorization: 'token x' } })
    expect(world.archiveRequests.at(-1)?.hadAuthorization).toBe(true)
  })

  test('an unchanged answer is 304 to a client that knows it', async () => {
    const { client, repository } = await stage(world)
    const first = await client.rest.repos.get(at(repository))
    const headers = { 'if-none-match': first.headers.etag ?? '' }
    expect((await refusal(client.rest.repos.get({ ...at(repository), headers }))).status).toBe(304)
    await world.push(repository, 'main', { files: { a: 'a' } })
    world.comment(repository, 1, 'dev', 'x')
    await world
      .openPullRequest({ repository, head: 'feature', base: 'main', title: 'x' })
      .catch(() => undefined)
    repository.isArchived = true
    expect((await client.rest.repos.get({ ...at(repository), headers })).status).toBe(200)
  })

  test('an archived repository is read-only', async () => {
    const { client, repository, target } = await stage(world)
    repository.isArchived = true
    expect((await client.rest.pulls.get(target)).status).toBe(200)
    const call = client.rest.issues.createComment({ ...at(repository), issue_number: 1, body: 'x' })
    expect((await refusal(call)).message).toContain('archived')
  })

  test('a renamed repository is found by its old name: reads by 301, writes by 307', async () => {
    const { client, repository, target } = await stage(world)
    world.rename(repository, 'store')
    expect((await client.rest.pulls.get(target)).data.base.repo.full_name).toBe(
      `${target.owner}/store`,
    )
    const comment = { owner: target.owner, repo: 'shop', issue_number: 1, body: 'x' }
    expect((await client.rest.issues.createComment(comment)).status).toBe(201)
    const statuses = world.journal.entries.slice(-4).map((each) => `${each.method} ${each.status}`)
    expect(statuses).toEqual(['GET 301', 'GET 200', 'POST 307', 'POST 201'])
  })

  test('a media type that the world does not speak is refused, not answered with JSON', async () => {
    const own = await createGitHubWorld()
    const { client, target } = await stage(own)
    const call = client.rest.pulls.get({ ...target, mediaType: { format: 'diff' } })
    expect((await refusal(call)).status).toBe(415)
    expect(own.violations).toMatchObject([{ kind: 'unserved' }])
    await own.stop()
  })

  test('the un-prefixed address of github.com works too', async () => {
    const { client, target } = await stage(world)
    const answer = await client.request(PULL, { ...target, baseUrl: `http://${world.host}` })
    expect(answer.data.number).toBe(target.pull_number)
  })

  test('a world starts fast and leaves nothing behind', async () => {
    // The best of three: other work on the machine must not fail this.
    const times: number[] = []
    for (let round = 0; round < 3; round += 1) {
      const started = performance.now()
      const other = await createGitHubWorld()
      times.push(performance.now() - started)
      await other.stop()
    }
    expect(Math.min(...times)).toBeLessThan(300)
    const own = await createGitHubWorld()
    const { repository } = await stage(own)
    await own.stop()
    await expect(fetch(own.apiUrl)).rejects.toThrow()
    await expect(repository.git.run(['status'])).rejects.toThrow()
  })
})
