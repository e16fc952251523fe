import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ModelRequest } from '#flow/model-port'
import { createMetrics } from '#server/metrics'
import type { Store } from '#store/open-store'
import { EnvironmentVariables } from '#wiring/environment-variables'
import { ceilingsOf, modelGranted, modelOf } from '#wiring/wire-model'
import { onPostgres } from '../support/store-homes.ts'
import { createModelWorld, type ModelWorld } from '../world/model/model-world.ts'
import { status, stopping } from '../world/model/turns.ts'

const signal = new AbortController().signal

let world: ModelWorld
beforeEach(async () => {
  world = await createModelWorld({ script: () => stopping('end_turn') })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await world.close()
})

const asking = (model: string): ModelRequest => ({
  ...{ model, maxTokens: 100, system: ['rules'], tools: [] },
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Review.' }] }],
})

const UNSHARED: Pick<Store, 'rests'> = {
  rests: {
    rest: async () => {},
    left: async () => 0,
    ofService: () => ({ left: () => 0, rest: async () => {} }),
  },
}

/** The model of a process, with what it says to its operator. */
async function stage({
  store = UNSHARED,
  model = null,
  fallbacks = [],
}: {
  readonly store?: Pick<Store, 'rests'>
  readonly model?: string | null
  readonly fallbacks?: readonly string[]
} = {}) {
  const metrics = createMetrics()
  const warned: unknown[] = []
  const guarded = await modelOf({
    environment: {
      ...{ anthropic: { apiKey: world.apiKey, baseUrl: world.baseUrl }, model },
      fallbacks: fallbacks.map((name) => ({ model: name, baseUrl: null })),
      fallbackApiKey: null,
    },
    ...{ store, seen: metrics },
    log: {
      info: () => {},
      warn: (fields, words) => void warned.push([words, fields]),
      error: () => {},
    },
  })
  if (guarded === null) throw new Error('there is a key')
  const retiring = async () =>
    (await metrics.text()).body
      .split('\n')
      .filter((line) => line.startsWith('tech_lead_model_retires'))
  const ask = (name = 'claude-opus-5-5') => guarded.turn(asking(name), signal)
  return { guarded, warned, retiring, ask }
}

describe('a model that its provider will end', () => {
  const TOLD = [
    'model will be retired',
    { model: 'claude-sonnet-4-5', detail: 'the provider ends it on 2026-11-30' },
  ]
  // 2026-11-30T00:00:00Z
  const SHOWN = 'tech_lead_model_retires_timestamp_seconds{model="claude-sonnet-4-5"} 1795996800'

  test('is shown in the metrics and named once in the log, however often it is asked', async () => {
    const printed = vi.spyOn(console, 'warn').mockReturnValue(undefined)
    const { ask, warned, retiring } = await stage()
    expect(await retiring()).toEqual([])
    for (let call = 0; call < 3; call += 1) {
      expect(await ask('claude-sonnet-4-5')).toMatchObject({ kind: 'answered' })
    }
    expect(await retiring()).toEqual([SHOWN])
    expect(warned).toEqual([TOLD])
    // The SDK would print its own line for each call.
    expect(printed).not.toHaveBeenCalled()
    expect(world.journal.map(({ request }) => request?.model)).toEqual(
      Array(3).fill('claude-sonnet-4-5'),
    )
    expect(world.violations).toEqual([])
  })

  test.each([{ model: 'claude-sonnet-4-5' }, { fallbacks: ['claude-sonnet-4-5'] }])(
    'is named before it is asked where the operator chose it: %j',
    async (chosen) => {
      const { warned, retiring } = await stage(chosen)
      expect(warned).toEqual([TOLD])
      expect(await retiring()).toEqual([SHOWN])
    },
  )

  test('is none of those that go on, nor what a repository makes up', async () => {
    const { ask, warned, retiring } = await stage({ model: 'sonnet', fallbacks: ['opus'] })
    await ask('claude-opus-5-5')
    await ask('claude-sonnet-4-5-20991231')
    expect([warned, await retiring()]).toEqual([[], []])
  })
})

test('a model that is gone keeps all from asking, and the words of its provider say why', async () => {
  world.play([status(404, 'not_found_error', 'model: claude-old')])
  const { ask, guarded } = await stage()
  expect(await ask('claude-old')).toMatchObject({ kind: 'failed', failure: 'account' })
  expect(await ask('claude-old')).toMatchObject({ kind: 'failed', failure: 'account' })
  expect(world.journal).toHaveLength(1)
  expect(guarded.trouble()).toEqual({ failure: 'account', message: '404 model: claude-old' })
})

test('a wait that cannot be written down loses no answer', async () => {
  world.play([status(429, 'rate_limit_error', 'slow down', { 'retry-after': '120' })])
  const rest = () => Promise.reject(new Error('the store is away'))
  const store = { rests: { ...UNSHARED.rests, ofService: () => ({ left: () => 0, rest }) } }
  const { ask, warned } = await stage({ store })
  expect(await ask()).toMatchObject({ kind: 'failed', retryAfterMs: 120_000 })
  expect(warned).toEqual([['wait of the model not kept', { err: new Error('the store is away') }]])
})

describe('the repositories that may be sent to the model', () => {
  const granted = (globs: string | undefined, repository: string) => {
    const { TECH_LEAD_MODEL_REPOSITORIES: read } = EnvironmentVariables.pick({
      TECH_LEAD_MODEL_REPOSITORIES: true,
    }).parse({ TECH_LEAD_MODEL_REPOSITORIES: globs })
    const [owner = '', name = ''] = repository.split('/')
    return modelGranted({ modelRepositories: read }, { owner, name })
  }

  test('are all where the operator names none', () => {
    expect(granted(undefined, 'acme/shop')).toBe(true)
  })

  test.each([
    ['acme/shop', 'acme/shop-2'],
    ['acme/shop', 'other/shop'],
    ['acme/*', 'acme-labs/shop'],
    ['*/shop', 'acme/shops'],
    ['acme/s*, other/*', 'acme/pay'],
  ])('%s leaves out %s', (globs, repository) => {
    expect(granted(globs, repository)).toBe(false)
  })

  test.each([
    ['acme/shop', 'acme/shop'],
    ['Acme/Shop', 'aCME/sHOP'],
    ['acme/*', 'acme/.github'],
    ['acme/s*, other/*', 'other/pay'],
    ['*/*', 'acme/shop'],
  ])('%s has %s', (globs, repository) => {
    expect(granted(globs, repository)).toBe(true)
  })
})

describe('what may be spent', () => {
  const wanted = { usd_per_review: 1_000, usd_per_pull_request: 10_000, usd_per_day: 100_000 }

  test('is never more than the operator lets, whatever the settings of a repository ask for', () => {
    expect(ceilingsOf({ maxUsdPerReview: 3, maxUsdPerDay: 20 }, wanted)).toMatchObject({
      ...{ run: 3, perDay: 20 },
    })
  })

  test('is less where the repository wants less', () => {
    const modest = { ...wanted, usd_per_review: 0.5 }
    expect(ceilingsOf({ maxUsdPerReview: 3, maxUsdPerDay: null }, modest).run).toBe(0.5)
  })
})

onPostgres((home) => {
  const FREE = { run: null, pullPerDay: null, installationPerDay: null, perDay: null }
  const reserve = (store: Store) =>
    store.budgets.of({ runKey: 'run', installation: 1, repository: 1, pull: 1 }, FREE).reserve(0.01)

  test.each([
    [429, 'rate_limit_error'],
    [529, 'overloaded_error'],
  ])('the wait that a %i asks of one replica holds the calls of the other', async (code, type) => {
    const stores = await Promise.all([home().open(), home().open()])
    try {
      const [one, other] = await Promise.all(stores.map((store) => stage({ store })))
      world.interrupt(status(code, type, 'slow down', { 'retry-after': '120' }))
      expect(await one?.ask()).toMatchObject({ kind: 'failed', retryAfterMs: 120_000 })
      await Promise.all(stores.map(reserve))
      for (const replica of [one, other]) {
        expect(await replica?.ask()).toMatchObject({
          ...{ kind: 'failed', failure: 'transient', message: 'the service asked to wait' },
          usage: null,
        })
      }
      expect(world.journal).toHaveLength(1)
    } finally {
      await Promise.all(stores.map((store) => store.close(0)))
    }
  })

  test('where the first service rests for long, the next one is asked, and rests by itself', async () => {
    const store = await home().open()
    try {
      const { ask } = await stage({ store, fallbacks: ['claude-fable-5'] })
      world.interrupt(status(429, 'rate_limit_error', 'slow down', { 'retry-after': '120' }))
      expect(await ask()).toMatchObject({ kind: 'answered', model: 'claude-fable-5' })
      expect(await ask()).toMatchObject({ kind: 'answered', model: 'claude-fable-5' })
      expect(world.journal.map(({ request }) => request?.model)).toEqual([
        ...['claude-opus-5-5', 'claude-fable-5', 'claude-fable-5'],
      ])
    } finally {
      await store.close(0)
    }
  })
})
