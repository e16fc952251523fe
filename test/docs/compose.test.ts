import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { githubAddresses, readEnvironment } from '#wiring/environment'
import { EnvironmentVariables } from '#wiring/environment-variables'
import { appKey } from '../world/github/app-identity.ts'

const HOME = fileURLToPath(new URL('../..', import.meta.url))
const App = z.looseObject({
  image: z.string(),
  env_file: z.literal('.env'),
  environment: z.record(z.string(), z.string()),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  networks: z.array(z.string()),
  tmpfs: z.array(z.string()),
  stop_grace_period: z.string().regex(/^\d+s$/),
  deploy: z.object({ replicas: z.number() }),
  depends_on: z.object({ postgres: z.object({ condition: z.literal('service_healthy') }) }),
  ports: z.array(z.string()).optional(),
})
const written: unknown = parse(readFileSync(join(HOME, 'docs/compose.yml'), 'utf8'), {
  merge: true,
})
const { services, volumes, networks } = z
  .object({
    networks: z.record(z.string(), z.object({ internal: z.boolean().optional() })),
    services: z.object({
      web: App,
      worker: App,
      postgres: z.looseObject({
        environment: z.record(z.string(), z.string()),
        command: z.array(z.string()),
        volumes: z.array(z.string()),
        healthcheck: z.object({ test: z.array(z.string()) }),
        networks: z.array(z.string()),
      }),
    }),
    volumes: z.record(z.string(), z.unknown()),
  })
  .parse(written)

/** As compose puts it in: the variables of a service win over those of its env file. */
const filled = (text: string) => text.replaceAll(/\$\{POSTGRES_PASSWORD:\?[^}]*\}/g, 'a1b2')

test.each(['web', 'worker'] as const)('%s starts with what compose gives it', (name) => {
  const { environment, stop_grace_period: grace } = services[name]
  const known = Object.keys(EnvironmentVariables.shape)
  expect(Object.keys(environment).filter((variable) => !known.includes(variable))).toEqual([])
  const ofFile = {
    APP_ID: '12',
    PRIVATE_KEY: Buffer.from(appKey().privateKey).toString('base64'),
    WEBHOOK_SECRET: 'a webhook secret, long enough for this',
  }
  const given = Object.entries(environment).map(([key, value]) => [key, filled(value)])
  const read = readEnvironment({ ...ofFile, ...Object.fromEntries(given) })
  if (!read.ok) return expect.fail(JSON.stringify(read.complaints))
  expect(read.value).toMatchObject({ role: name, store: { kind: 'postgres' } })
  expect(Number.parseInt(grace, 10) * 1_000).toBeGreaterThan(read.value.drainMs)
})

test('two take deliveries and are reachable on a port each, three review and are on none', () => {
  expect([services.web.deploy.replicas, services.worker.deploy.replicas]).toEqual([2, 3])
  const [, first, last] =
    /^127\.0\.0\.1:(\d+)-(\d+):3000$/.exec(services.web.ports?.[0] ?? '') ?? []
  expect(Number(last) - Number(first) + 1).toBe(services.web.deploy.replicas)
  expect(services.worker.ports).toBeUndefined()
})

test('they find the database by its name, user and password, and it has connections for all', () => {
  const { environment, command, volumes: mounted } = services.postgres
  const url = new URL(filled(services.worker.environment['DATABASE_URL'] ?? ''))
  expect([url.hostname, url.username, url.pathname, url.password]).toEqual([
    'postgres',
    environment['POSTGRES_USER'],
    `/${environment['POSTGRES_DB']}`,
    filled(environment['POSTGRES_PASSWORD'] ?? ''),
  ])
  const most = Number(/max_connections=(\d+)/.exec(command.join(' '))?.[1])
  const max = (path: string) =>
    Number(/\bmax: (\d+)/.exec(readFileSync(join(HOME, path), 'utf8'))?.[1])
  const each = max('src/store/postgres-database.ts') + max('src/store/boss.ts') + 1
  expect(most).toBeGreaterThan(each * 5)
  expect(Object.keys(volumes)).toContain(mounted[0]?.split(':')[0])
})

test('the data of a process can be written by the user of the image', () => {
  for (const { tmpfs } of [services.web, services.worker]) {
    expect(tmpfs.some((one) => one.startsWith('/data:') && one.includes('uid=1000'))).toBe(true)
  }
  expect(readFileSync(join(HOME, 'Dockerfile'), 'utf8')).toMatch(/^USER node$/m)
})

test('every process of ours has a root that it cannot write, no capability and no way to more', () => {
  const all = z.object({ services: z.record(z.string(), z.unknown()) }).parse(written).services
  const ours = Object.entries(all).filter(([name]) => name !== 'postgres')
  expect(ours.map(([name]) => name)).toEqual(['web', 'worker'])
  for (const [name, service] of ours) {
    const { user, ...rest } = App.extend({ user: z.string().optional() }).parse(service)
    expect([name, user, rest['privileged'], rest['cap_add']]).toEqual([name, ...Array(3)])
    expect(rest.image).toBe('integrations-tech-lead')
  }
  expect(readFileSync(join(HOME, 'Dockerfile'), 'utf8').match(/^USER .*$/gm)).toEqual(['USER node'])
})

test('the database is reached by ours alone, and reaches nothing', () => {
  const { web, worker, postgres } = services
  const shared = postgres.networks
  expect(shared.map((name) => networks[name])).toEqual([{ internal: true }])
  for (const { networks: names } of [web, worker]) {
    expect(names).toEqual(expect.arrayContaining(shared))
    expect(names.some((name) => networks[name]?.internal !== true)).toBe(true)
  }
})

test.each([
  ['github.com', {}],
  ['an enterprise server', { GHE_HOST: 'github.example.com' }],
  ['data residency', { GHE_HOST: 'octo-corp.ghe.com' }],
])('the hosts that a filter has to let through are named, for %s', (_, env) => {
  const security = readFileSync(join(HOME, 'SECURITY.md'), 'utf8')
  const { apiUrl } = githubAddresses({ GHE_HOST: null, GHE_PROTOCOL: 'https', ...env })
  const table = security.slice(security.indexOf('| what it reaches'))
  const host = new URL(apiUrl).host.replace('octo-corp', 'SUBDOMAIN')
  for (const name of [host, 'api.anthropic.com']) expect(table).toContain(`\`${name}\``)
})
