import { Gauge, type Registry } from 'prom-client'

/** What the store and the model's breaker say at one moment. */
export interface StoreReading {
  readonly queues: readonly {
    readonly queue: string
    readonly waiting: number
    readonly delayed: number
    readonly active: number
    readonly dead: number
    readonly oldestWaitingMs: number
  }[]
  readonly inbox: { readonly waiting: number; readonly dead: number; readonly oldestMs: number }
  /** How many scopes the operator has halted. */
  readonly halted: number
  /** Null while the model can be asked, or where there is none. */
  readonly modelTrouble: 'transient' | 'account' | null
}

/** A store that takes longer counts as away, in milliseconds. */
const PATIENCE_MS = 3_000
/** All gauges of one look share one reading, in milliseconds. */
const FRESH_MS = 500

/** Adds the gauges that are read from the store whenever somebody looks at the metrics. */
export function watchStore(registers: Registry[], reading: () => Promise<StoreReading>): void {
  const read = sharedReading(reading)
  const gauge = (
    name: string,
    help: string,
    labelNames: string[],
    set: (to: Gauge, seen: StoreReading) => void,
  ) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        this.reset()
        const seen = await read()
        if (seen !== null) set(this, seen)
      },
    })
  new Gauge({
    name: 'tech_lead_store_up',
    help: '1 while the store answers.',
    registers,
    async collect() {
      this.set((await read()) === null ? 0 : 1)
    },
  })
  gauge('tech_lead_queue_jobs', 'Jobs by queue and state.', ['queue', 'state'], (to, seen) => {
    for (const { queue, waiting, delayed, active, dead } of seen.queues) {
      const states = Object.entries({ waiting, delayed, active, dead })
      for (const [state, jobs] of states) to.set({ queue, state }, jobs)
    }
  })
  gauge('tech_lead_queue_oldest_seconds', 'Age of the oldest job due.', ['queue'], (to, seen) => {
    for (const { queue, oldestWaitingMs } of seen.queues) to.set({ queue }, oldestWaitingMs / 1_000)
  })
  gauge('tech_lead_inbox_deliveries', 'Stored deliveries by state.', ['state'], (to, { inbox }) => {
    to.set({ state: 'waiting' }, inbox.waiting)
    to.set({ state: 'dead' }, inbox.dead)
  })
  gauge('tech_lead_inbox_oldest_seconds', 'Age of the oldest one waiting.', [], (to, { inbox }) => {
    to.set(inbox.oldestMs / 1_000)
  })
  gauge('tech_lead_halted_scopes', 'What the operator has halted.', [], (to, { halted }) => {
    to.set(halted)
  })
  gauge(
    'tech_lead_model_breaker_open',
    '1 while no request leaves for the model: account or transient.',
    ['failure'],
    (to, { modelTrouble }) => {
      for (const failure of ['account', 'transient']) {
        to.set({ failure }, modelTrouble === failure ? 1 : 0)
      }
    },
  )
}

/** Null when the store does not answer in time. */
function sharedReading(reading: () => Promise<StoreReading>): () => Promise<StoreReading | null> {
  let known: { readonly at: number; readonly seen: Promise<StoreReading | null> } | null = null
  return () => {
    const now = performance.now()
    if (known !== null && now - known.at < FRESH_MS) return known.seen
    const { promise: late, resolve } = Promise.withResolvers<null>()
    const timer = setTimeout(() => resolve(null), PATIENCE_MS)
    const seen = Promise.race([reading().catch(() => null), late]).finally(() =>
      clearTimeout(timer),
    )
    known = { at: now, seen }
    return seen
  }
}
