import { Octokit } from '@octokit/rest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signJwt } from './app-identity.ts'
import { appClient, at, QUIET, refusal, repositoryClient } from './client.ts'
import { confirmedManifest, stage } from './stage.ts'
import { createGitHubWorld, type GitHubWorld } from './world.ts'

let world: GitHubWorld
beforeAll(async () => {
  world = await createGitHubWorld()
})
afterAll(() => world.stop())

function bearer(jwt: string): Octokit {
  return new Octokit({ baseUrl: world.apiUrl, auth: jwt, log: QUIET })
}

async function jwtRefusal(claims: Record<string, unknown>, key?: string): Promise<string> {
  const response = await fetch(`${world.apiUrl}/app`, {
    headers: { authorization: `Bearer ${signJwt(claims, key)}`, 'user-agent': 'test' },
  })
  const body = (await response.json()) as { message?: string }
  return `${response.status} ${body.message}`
}

describe('the app itself', () => {
  const now = (): number => Math.floor(world.now() / 1000)

  test('a JWT that reaches more than ten minutes ahead is refused', async () => {
    const answer = await jwtRefusal({ iat: now(), exp: now() + 900, iss: world.app.id })
    expect(answer).toBe("401 'Expiration time' claim ('exp') is too far in the future")
  })

  test('an expired JWT is refused with the words that octokit corrects its clock by', async () => {
    const answer = await jwtRefusal({ iat: now() - 700, exp: now() - 100, iss: world.app.id })
    expect(answer).toContain("401 'Expiration time' claim ('exp') must be a numeric value")
  })

  test('a JWT from the future, of another app or without a signature is refused', async () => {
    const good = { iat: now(), exp: now() + 300 }
    expect(await jwtRefusal({ ...good, iat: now() + 600, iss: world.app.id })).toContain("('iat')")
    expect(await jwtRefusal({ ...good, iss: 1 })).toContain("('iss')")
    const forged = `${signJwt({ ...good, iss: world.app.id })
      .split('.')
      .slice(0, 2)
      .join('.')}.AAAA`
    expect((await refusal(bearer(forged).request('GET /app'))).status).toBe(401)
  })

  test('a client whose clock is wrong recovers by the Date header', async () => {
    const late = await createGitHubWorld()
    late.advance(3_600_000)
    const { data } = await appClient(late).rest.apps.getAuthenticated()
    expect(data?.id).toBe(late.app.id)
    await late.stop()
  })

  test('an app cannot read a repository with its JWT', async () => {
    const { target } = await stage(world)
    const jwt = signJwt({ iat: now(), exp: now() + 300, iss: world.app.id })
    const refused = await refusal(bearer(jwt).rest.pulls.get(target))
    expect(refused).toMatchObject({
      status: 403,
      message: 'Resource not accessible by integration',
    })
  })
})

describe('installation tokens', () => {
  test('a token has the new long form and ends after an hour', async () => {
    const { repository, target } = await stage(world)
    const installation_id = world.installationOf(repository).id
    const { data } = await appClient(world).rest.apps.createInstallationAccessToken({
      installation_id,
    })
    expect(data.token).toMatch(new RegExp(`^ghs_${world.app.id}_[\\w-]+\\.[\\w-]+\\.[\\w-]+$`))
    expect(data.token.length).toBeGreaterThan(400)
    const own = await createGitHubWorld()
    const other = await stage(own)
    expect((await other.client.rest.pulls.get(other.target)).status).toBe(200)
    own.advance(3_600_001)
    expect((await refusal(other.client.rest.pulls.get(other.target))).message).toBe(
      'Bad credentials',
    )
    await own.stop()
    expect(target.repo).toBe('shop')
  })

  test('a token cannot be asked for more than the installation has', async () => {
    const { repository } = await stage(world)
    const call = repositoryClient(world, repository, { administration: 'write' })
    expect(await refusal(call)).toMatchObject({
      status: 422,
      message: 'The permissions requested are not granted to this installation.',
    })
  })

  test('a token for one repository does not reach another of the same owner', async () => {
    const { repository, client } = await stage(world)
    const second = await world.createRepository({
      owner: repository.owner.login,
      name: 'b',
      private: true,
    })
    expect((await refusal(client.rest.repos.get(at(second)))).status).toBe(404)
    expect((await client.rest.apps.listReposAccessibleToInstallation()).data.total_count).toBe(1)
  })

  test('a repository of another installation cannot be put into a token', async () => {
    const [first, second] = [await stage(world), await stage(world)]
    const call = appClient(world).rest.apps.createInstallationAccessToken({
      installation_id: world.installationOf(first.repository).id,
      repository_ids: [second.repository.id],
    })
    expect((await refusal(call)).status).toBe(422)
  })

  test('a reading token cannot write, and the answer names what was needed', async () => {
    const { repository, target } = await stage(world)
    const reader = await repositoryClient(world, repository, {
      contents: 'read',
      pull_requests: 'read',
    })
    expect((await reader.rest.pulls.get(target)).status).toBe(200)
    const refused = await refusal(
      reader.rest.pulls.createReview({ ...target, event: 'COMMENT', body: 'x' }),
    )
    expect(refused).toMatchObject({
      status: 403,
      message: 'Resource not accessible by integration',
    })
    expect(refused.headers['x-accepted-github-permissions']).toBe('pull_requests=write')
  })

  test('either permission is enough for a comment below a pull request', async () => {
    const { repository, target } = await stage(world)
    const comment = { ...at(repository), issue_number: target.pull_number, body: 'x' }
    for (const permissions of [{ issues: 'write' }, { pull_requests: 'write' }] as const) {
      const client = await repositoryClient(world, repository, permissions)
      expect((await client.rest.issues.createComment(comment)).status).toBe(201)
    }
    const neither = await repositoryClient(world, repository, { contents: 'write' })
    const refused = await refusal(neither.rest.issues.createComment(comment))
    expect(refused.headers['x-accepted-github-permissions']).toBe(
      'issues=write; pull_requests=write',
    )
  })

  test('a token that was given back is worth nothing', async () => {
    const { client, target } = await stage(world)
    await client.rest.apps.revokeInstallationAccessToken()
    expect((await refusal(client.rest.pulls.get(target))).status).toBe(401)
  })

  test('suspension blocks old tokens and new ones', async () => {
    const { repository, client, target } = await stage(world)
    const installation = world.installationOf(repository)
    world.suspend(installation)
    expect((await refusal(client.rest.pulls.get(target))).message).toBe(
      'This installation has been suspended',
    )
    expect((await refusal(repositoryClient(world, repository))).status).toBe(403)
    world.suspend(installation, false)
    expect((await client.rest.pulls.get(target)).status).toBe(200)
  })

  test('the journal says which permissions each request was made with', async () => {
    const { repository, target } = await stage(world)
    const reader = await repositoryClient(world, repository, { pull_requests: 'read' })
    await reader.rest.pulls.get(target)
    expect(world.journal.entries.at(-1)).toMatchObject({
      route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
      status: 200,
      caller: {
        kind: 'installation',
        permissions: { metadata: 'read', pull_requests: 'read' },
        repositoryIds: [repository.id],
      },
    })
  })
})

describe('an app from a manifest', () => {
  const convert = (own: GitHubWorld, code: string) =>
    new Octokit({ baseUrl: own.apiUrl, log: QUIET }).rest.apps.createFromManifest({ code })

  test('its code is good once, and for an hour', async () => {
    const own = await createGitHubWorld()
    const code = await confirmedManifest(own)
    const { data } = await convert(own, code)
    expect(data.webhook_secret).toMatch(/^[0-9a-f]{40}$/)
    expect((await refusal(convert(own, code))).status).toBe(404)
    const late = await confirmedManifest(own)
    own.advance(3_600_001)
    expect((await refusal(convert(own, late))).status).toBe(404)
    expect(own.violations).toEqual([])
    await own.stop()
  })

  test.each([
    [{ name: 'n'.repeat(35) }, 'name is too long'],
    [{ hook_attributes: {} }, '"" is no address'],
    [{ webhook_url: 'https://x.example' }, 'unknown webhook_url'],
  ])('a manifest with %j is refused', async (change, complaint) => {
    await expect(confirmedManifest(world, change)).rejects.toThrow(`Invalid manifest: ${complaint}`)
  })
})
