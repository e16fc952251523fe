import { createHash } from 'node:crypto'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type StoreReading, watchStore } from '#server/store-gauges'
import type { Observations } from '#wiring/observations'

/** The counters of this process, in Prometheus' words. No label ever carries a stranger's text. */
export interface Metrics extends Observations {
  /** @param result one word of ours @param seconds from the first byte to the answer */
  delivery(result: string, seconds: number): void
  /** What became of a stored delivery: `job`, `ignored`, `retry` or `dead`. */
  dispatched(result: 'job' | 'ignored' | 'retry' | 'dead'): void
  /** One line of our log, by its words. */
  logged(level: string, event: string): void
  /** Reads how many bodies are being received, whenever somebody looks. */
  watchBodies(reading: () => number): void
  /** Reads the store, and whether the model can be asked, whenever somebody looks. */
  watchStore(reading: () => Promise<StoreReading>): void
  /** The text of `/metrics`. */
  text(): Promise<{ readonly contentType: string; readonly body: string }>
}

/** Installations that get a line of their own; what comes later shares one. */
const MOST_INSTALLATIONS = 200

/** Makes the counters. One registry for each call, so that nothing is shared by accident. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    ...doorMetrics(registers),
    ...workMetrics(registers),
    ...outsideMetrics(registers),
    watchStore: (reading) => watchStore(registers, reading),
    text: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  }
}

function doorMetrics(
  registers: Registry[],
): Pick<Metrics, 'delivery' | 'dispatched' | 'watchBodies' | 'logged'> {
  const deliveries = new Counter({
    name: 'tech_lead_deliveries_total',
    help: 'Webhook deliveries by what they were answered.',
    labelNames: ['result'],
    registers,
  })
  const seconds = new Histogram({
    name: 'tech_lead_delivery_seconds',
    help: 'Time from the request to its answer.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const dispatched = new Counter({
    name: 'tech_lead_dispatched_total',
    help: 'Stored deliveries by what became of them.',
    labelNames: ['result'],
    registers,
  })
  const logged = new Counter({
    name: 'tech_lead_log_events_total',
    help: 'Lines of the log by level and words.',
    labelNames: ['level', 'event'],
    registers,
  })
  return {
    delivery(result, elapsed) {
      deliveries.inc({ result })
      seconds.observe(elapsed)
    },
    dispatched: (result) => dispatched.inc({ result }),
    logged: (level, event) => logged.inc({ level, event }),
    watchBodies(reading) {
      new Gauge({
        name: 'tech_lead_bodies_reading',
        help: 'Request bodies that are being received.',
        registers,
        collect() {
          this.set(reading())
        },
      })
    },
  }
}

function workMetrics(
  registers: Registry[],
): Pick<Metrics, 'jobTried' | 'jobWaited' | 'taskRan' | 'resent'> {
  const tried = new Counter({
    name: 'tech_lead_jobs_total',
    help: 'Tries of jobs by kind and how they ended: done, retry, wait, dead or failed.',
    labelNames: ['kind', 'result'],
    registers,
  })
  const seconds = new Histogram({
    name: 'tech_lead_job_seconds',
    help: 'How long one try of a job took.',
    labelNames: ['kind'],
    buckets: [0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 600, 1800],
    registers,
  })
  const waited = new Histogram({
    name: 'tech_lead_job_wait_seconds',
    help: 'How long a job lay in the queue before its first try.',
    labelNames: ['kind'],
    buckets: [0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600],
    registers,
  })
  const tasks = new Counter({
    name: 'tech_lead_tasks_total',
    help: 'Runs of the tasks that one process does for all: take-back, reap, sweep, purge, audit.',
    labelNames: ['task', 'result'],
    registers,
  })
  const resent = new Counter({
    name: 'tech_lead_deliveries_resent_total',
    help: 'Deliveries that GitHub was asked to send again.',
    registers,
  })
  return {
    jobTried(kind, result, elapsed) {
      tried.inc({ kind, result })
      seconds.observe({ kind }, elapsed)
    },
    jobWaited: (kind, elapsed) => waited.observe({ kind }, elapsed),
    taskRan: (task, result) => tasks.inc({ task, result }),
    resent: (count) => resent.inc(count),
  }
}

function outsideMetrics(
  registers: Registry[],
): Pick<Metrics, 'modelTurn' | 'modelRetires' | 'spent' | 'githubAnswered'> {
  const turns = new Counter({
    name: 'tech_lead_model_turns_total',
    help: 'Turns of the model by why it stopped, or how it failed.',
    labelNames: ['result'],
    registers,
  })
  const retires = new Gauge({
    name: 'tech_lead_model_retires_timestamp_seconds',
    help: 'When a model in use will be retired, of those that its provider has announced.',
    labelNames: ['model'],
    registers,
  })
  const tokens = new Counter({
    name: 'tech_lead_model_tokens_total',
    help: 'Tokens of the model: input, cache_read, cache_write or output.',
    labelNames: ['kind'],
    registers,
  })
  const usd = new Counter({
    name: 'tech_lead_model_usd_total',
    help: 'What the model cost, in US dollars.',
    registers,
  })
  const requests = new Counter({
    name: 'tech_lead_github_requests_total',
    help: 'Requests to GitHub by the class of the answer; none is a lost answer.',
    labelNames: ['status'],
    registers,
  })
  const left = new Gauge({
    name: 'tech_lead_github_limit_left_ratio',
    help: 'What the last answer left of the hourly limit, by a digest of the installation.',
    labelNames: ['installation'],
    registers,
  })
  const known = new Set<number>()
  return {
    modelTurn: (result) => turns.inc({ result }),
    modelRetires: (model, at) => retires.set({ model }, at),
    spent(amount, usage) {
      usd.inc(amount)
      tokens.inc({ kind: 'input' }, usage.inputTokens)
      tokens.inc({ kind: 'cache_read' }, usage.cacheReadTokens)
      tokens.inc({ kind: 'cache_write' }, usage.cacheWriteTokens)
      tokens.inc({ kind: 'output' }, usage.outputTokens)
    },
    githubAnswered(answer, installation) {
      requests.inc({ status: classOf(answer.status) })
      if (answer.left === null) return
      if (known.size < MOST_INSTALLATIONS) known.add(installation)
      const label = known.has(installation) ? digestOf(installation) : 'others'
      left.set({ installation: label }, answer.left)
    },
  }
}

/** Limits are told apart from other refusals, since they ask for something else. */
function classOf(status: number | null): string {
  if (status === null) return 'none'
  return status === 429 ? '429' : `${Math.floor(status / 100)}xx`
}

function digestOf(installation: number): string {
  return createHash('sha256').update(String(installation)).digest('hex').slice(0, 8)
}
