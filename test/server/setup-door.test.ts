import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSetupDoor, type SetupDoor } from '#server/setup-door'
import { readEnvironment } from '#wiring/environment'
import { prepareSetup, type SetupRequest } from '#wiring/setup'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { send } from './loopback.ts'

let world: GitHubWorld
beforeAll(async () => {
  world = await createGitHubWorld()
})
afterAll(() => world.stop())

let folder = ''
let file = ''
let door: SetupDoor | null = null
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tech-lead-setup-'))
  file = join(folder, '.env')
})
afterEach(async () => {
  await door?.close()
  door = null
  rmSync(folder, { recursive: true, force: true })
})

const prepare = (change: Partial<SetupRequest> = {}) =>
  prepareSetup(
    {
      url: 'https://lead.example.com',
      organization: null,
      name: null,
      file,
      replace: false,
      ...change,
    },
    { GHE_HOST: world.host, GHE_PROTOCOL: 'http' },
  )

test.each([
  ['https://octo-corp.ghe.com', { GHE_HOST: 'octo-corp.ghe.com' }],
  ['https://github.com', {}],
])('at %s the person is sent to its form, and the server needs https', async (place, env) => {
  const request = { organization: null, name: null, file, replace: false }
  const setup = await prepareSetup({ ...request, url: 'https://lead.example.com' }, env)
  expect(setup.action).toBe(`${place}/settings/apps/new`)
  await setup.abandon()
  const plain = prepareSetup({ ...request, url: 'http://lead.example.com' }, env)
  await expect(plain).rejects.toMatchObject({ code: 'setup.url' })
})

async function open(change: Partial<SetupRequest> = {}, patienceMs = 60_000): Promise<SetupDoor> {
  door = await openSetupDoor(await prepare(change), { port: 0, patienceMs })
  return door
}

const portOf = ({ url }: SetupDoor) => Number(new URL(url).port)
const get = (opened: SetupDoor, path: string, headers: Record<string, string> = {}) =>
  send(portOf(opened), {
    method: 'GET',
    path,
    headers: { host: `127.0.0.1:${portOf(opened)}`, ...headers },
  })
const pathOf = (address: string) => {
  const { pathname, search } = new URL(address)
  return `${pathname}${search}`
}

/** Sends the form of the first page, as a browser does, and gives where GitHub sends it back to. */
async function throughGitHub(opened: SetupDoor): Promise<string> {
  const { body } = await get(opened, pathOf(opened.url))
  const unescaped = (text = '') => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  const action = unescaped(/action="([^"]+)"/.exec(body)?.[1])
  const manifest = unescaped(/name="manifest" value="([^"]+)"/.exec(body)?.[1])
  const answer = await fetch(action, {
    method: 'POST',
    body: new URLSearchParams({ manifest }),
    redirect: 'manual',
  })
  expect(answer.status, await answer.text()).toBe(302)
  return pathOf(answer.headers.get('location') ?? '')
}

describe('strangers get nothing', () => {
  test.each([
    ['without a token', '/', {}],
    ['with a wrong token', `/?token=${'A'.repeat(43)}`, {}],
    ['back from GitHub without the state', '/created?code=abc', {}],
    ['back from GitHub with a wrong state', `/created?code=abc&state=${'A'.repeat(43)}`, {}],
  ])('%s: 403, and nobody is asked', async (_, path, headers) => {
    const opened = await open()
    const before = world.journal.entries.length
    expect((await get(opened, path, headers)).status).toBe(403)
    expect(world.journal.entries).toHaveLength(before)
  })

  test.each([
    ['a name that was pointed at this machine', { host: 'evil.example' }],
    ['a proxy', { 'x-forwarded-for': '203.0.113.7' }],
  ])('through %s even the right token is refused', async (_, headers) => {
    const opened = await open()
    expect((await get(opened, pathOf(opened.url), headers)).status).toBe(403)
  })

  test.each(['/probot', '/probot/setup', '/setup', '/.env'])('%s is not there', async (path) => {
    expect((await get(await open(), path)).status).toBe(404)
  })

  test('nothing can be posted, as to the import of other servers', async () => {
    const opened = await open()
    const headers = { host: `127.0.0.1:${portOf(opened)}` }
    const body = 'APP_ID=1'
    const reply = await send(portOf(opened), { path: '/probot/import', headers, body })
    expect(reply.status).toBe(404)
  })
})

describe('the way through GitHub', () => {
  test('the page sends exactly the documented app to GitHub, and lets nothing else happen', async () => {
    const opened = await open({ organization: 'acme' })
    const { body, headers } = await get(opened, pathOf(opened.url))
    expect(body).toMatch(
      new RegExp(`action="http://${world.host}/organizations/acme/settings/apps/new\\?state=`),
    )
    expect(headers).toMatchObject({
      'content-security-policy': `default-src 'none'; form-action http://${world.host}; frame-ancestors 'none'; base-uri 'none'`,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    expect(body).not.toContain(new URL(opened.url).searchParams.get('token'))
  })

  test('the credentials go to a file of this user alone, and start a server', async () => {
    const opened = await open()
    const back = await throughGitHub(opened)
    const reply = await get(opened, back)
    expect(reply.status).toBe(200)
    const done = await opened.done
    expect(done).toMatchObject({
      slug: 'integrations-tech-lead',
      installUrl: `http://${world.host}/apps/integrations-tech-lead/installations/new`,
      variables: ['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET', 'GHE_HOST', 'GHE_PROTOCOL'],
      missing: null,
    })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['.env'])
    const text = readFileSync(file, 'utf8')
    const variables = Object.fromEntries(
      text.split('\n').flatMap((line) => {
        const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? []
        return name === undefined ? [] : [[name, value]]
      }),
    )
    const read = readEnvironment(variables)
    expect(read.ok).toBe(true)
    expect(world.app).toMatchObject({
      name: 'Integrations Tech Lead',
      permissions: expect.objectContaining({ checks: 'write', metadata: 'read' }),
      events: expect.arrayContaining(['pull_request', 'check_run']),
    })
    const said = `${reply.body} ${JSON.stringify(done)}`
    for (const secret of ['PRIVATE_KEY', 'WEBHOOK_SECRET']) {
      expect(said).not.toContain(variables[secret])
    }
    expect(world.violations).toEqual([])
  })

  test('a code is exchanged once: the same address again changes nothing', async () => {
    const opened = await open()
    const back = await throughGitHub(opened)
    expect((await get(opened, back)).status).toBe(200)
    const written = readFileSync(file, 'utf8')
    const asked = world.journal.entries.length
    expect((await get(opened, back)).status).toBe(409)
    expect(readFileSync(file, 'utf8')).toBe(written)
    expect(world.journal.entries).toHaveLength(asked)
  })

  test('a code that GitHub does not know can be followed by a good one', async () => {
    const opened = await open()
    const back = await throughGitHub(opened)
    const wrong = back.replace(/code=\w+/, 'code=0123456789abcdef')
    const refused = await get(opened, wrong)
    expect([refused.status, refused.body]).toEqual([
      502,
      expect.stringContaining('older than an hour'),
    ])
    expect((await get(opened, back)).status).toBe(200)
    await opened.done
  })

  test('a lost answer ends it with what to do, and leaves no file', async () => {
    const setup = await prepare()
    door = await openSetupDoor(setup, { port: 0, patienceMs: 60_000 })
    const back = await throughGitHub(door)
    world.fault('POST /app-manifests/{code}/conversions', { kind: 'persist-then-reset' })
    expect((await get(door, back)).status).toBe(502)
    await expect(door.done).rejects.toThrow(/answer was lost .*\/settings\/apps/)
    await setup.abandon()
    expect(readdirSync(folder)).toEqual([])
  })

  test('a person who does not come back is not waited for', async () => {
    const opened = await open({}, 20)
    await expect(opened.done).rejects.toThrow('Nobody came back from GitHub in time.')
  })
})

describe('before anybody is asked', () => {
  test('credentials that are there stay, and are named without their values', async () => {
    writeFileSync(file, 'APP_ID=12\nexport WEBHOOK_SECRET="a secret that nobody may see"\n')
    const failure = await prepare().catch(String)
    expect(failure).toContain('has credentials already (APP_ID, WEBHOOK_SECRET). Give --replace')
    expect(failure).not.toContain('nobody may see')
    expect(readdirSync(folder)).toEqual(['.env'])
  })

  test('with --replace only the credentials change, and what else the file says stays', async () => {
    writeFileSync(file, '# ours\nAPP_ID=12\nPRIVATE_KEY_PATH=/old.pem\nPORT=8080\n', {
      mode: 0o644,
    })
    const opened = await open({ replace: true })
    await get(opened, await throughGitHub(opened))
    await opened.done
    const text = readFileSync(file, 'utf8')
    expect(text).toMatch(/^# ours\nAPP_ID=424242\nPRIVATE_KEY_PATH=\nPORT=8080\nPRIVATE_KEY=/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test.each([
    [{ url: 'http//x' }, '--url must be'],
    [{ url: 'https://lead.example.com/hooks' }, '--url must be'],
    [{ organization: '../x' }, '--organization is not'],
    [{ name: 'n'.repeat(35) }, '--name is longer than 34'],
    [{ file: '/proc/none/.env' }, 'cannot be written'],
  ])('%j is refused', async (change, complaint) => {
    const failure = await prepare(change).then((setup) => setup.manifest(''), String)
    expect(failure).toContain(complaint)
    expect(readdirSync(folder)).toEqual([])
  })

  test('a link or a folder in place of the file is refused', async () => {
    await expect(prepare({ file: folder })).rejects.toThrow('is no plain file')
  })

  test('on github.com the address has to be https', async () => {
    const request = { url: 'http://lead.example.com', organization: null, name: null, file }
    await expect(prepareSetup({ ...request, replace: false }, {})).rejects.toThrow('--url must be')
  })
})
