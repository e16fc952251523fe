import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { readEnvironment } from '#wiring/environment'
import { EnvironmentVariables } from '#wiring/environment-variables'
import { appKey } from '../world/github/app-identity.ts'

const HOME = fileURLToPath(new URL('../..', import.meta.url))
const App = z.looseObject({
  image: z.string(),
  env_file: z.literal('.env'),
  environment: z.record(z.string(), z.string()),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  tmpfs: z.array(z.string()),
  stop_grace_period: z.string().regex(/^\d+s$/),
  deploy: z.object({ replicas: z.number() }),
  depends_on: z.object({ postgres: z.object({ condition: z.literal('service_healthy') }) }),
  ports: z.array(z.string()).optional(),
})
const { services, volumes } = z
  .object({
    services: z.object({
      web: App,
      worker: App,
      postgres: z.looseObject({
        environment: z.record(z.string(), z.string()),
        command: z.array(z.string()),
        volumes: z.array(z.string()),
        healthcheck: z.object({ test: z.array(z.string()) }),
      }),
    }),
    volumes: z.record(z.string(), z.unknown()),
  })
  .parse(parse(readFileSync(join(HOME, 'docs/compose.yml'), 'utf8'), { merge: true }))

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
