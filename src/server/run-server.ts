import { complaintLine, Problem } from '#core/problem'
import { createMetrics, type Metrics } from '#server/metrics'
import { serve } from '#server/serve'
import { stopOnSignals } from '#server/stop-signals'
import { readEnvironment } from '#wiring/environment'
import { inboxFront } from '#wiring/inbox-ports'
import { createLog } from '#wiring/log'
import { operatorDesk } from '#wiring/operator-desk'
import { keyFingerprint } from '#wiring/private-key'
import { wireReconcile } from '#wiring/reconcile'
import { createSelf, queueJob, startTasks, startWorkers } from '#wiring/run-server'
import { askGitHubTime, type ClockWatch, watchClock } from '#wiring/watch-clock'
import { type Wired, wireServer } from '#wiring/wire-server'

/** A configuration or input error: one clear line each, nothing listens. */
const REFUSED = 2

/**
 * Starts the server, which from then on ends the process itself, when a signal tells it to.
 *
 * @returns false, after clear lines on the error stream and with exit code 2, when it cannot start
 */
export async function runServer(
  variables: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  const read = readEnvironment(variables)
  if (!read.ok) return refuse(read.complaints.map(complaintLine))
  const environment = read.value
  const metrics = createMetrics()
  const { secrets } = environment
  const log = createLog({ ...environment.log, secrets, seen: metrics.logged })
  const fingerprint = keyFingerprint(environment.app.privateKey)
  log.info({ id: environment.app.id, fingerprint }, 'private key read')
  const clock = watchClock(askGitHubTime(environment), log)
  try {
    const wired = await wireServer(environment, log, metrics)
    await open(wired, metrics, clock).catch(async (failure: unknown) => {
      // An open store would keep the process alive with nothing to do.
      await wired.store.close(0)
      throw failure
    })
    return true
  } catch (failure) {
    clock.stop()
    if (failure instanceof Problem) return refuse([failure.message])
    throw failure
  }
}

async function open(wired: Wired, metrics: Metrics, clock: ClockWatch): Promise<void> {
  await clock.allowStart()
  const { environment, store, log, model, loaded } = wired
  metrics.watchStore(() => storeReading(wired))
  const works = environment.role !== 'web'
  let stopTasks = () => {}
  const serving = await serve({
    environment,
    log,
    metrics,
    intake:
      environment.role === 'worker'
        ? null
        : {
            inbox: inboxFront(store),
            deliveries: store.inbox,
            jobs: { put: (job) => queueJob(wired, job) },
            self: createSelf(wired),
          },
    admin:
      store.kind === 'embedded'
        ? { ...operatorDesk(store), reconcile: wireReconcile(wired) }
        : null,
    readiness: () => readiness(wired, clock),
    about: [
      ['version', loaded.tool.version],
      ['store', store.kind],
      ['reviewer', model === null ? 'rules (no ANTHROPIC_API_KEY)' : 'claude'],
      ['role', environment.role],
    ],
    async beforeClose() {
      clock.stop()
      stopTasks()
      await store.close(environment.drainMs)
    },
  }).catch((failure: unknown) => {
    stopTasks()
    throw failure
  })
  // The sweep asks GitHub to send again, so the door has to be open.
  stopTasks = startTasks(wired)
  if (works) await startWorkers(wired)
  log.info({ reviewer: model === null ? 'rules' : 'claude', store: store.kind }, 'workers started')
  stopOnSignals(() => serving.drain(), log)
}

async function storeReading({ store, model }: Wired) {
  const [queues, inbox, halts] = await Promise.all([
    store.desk.counts(),
    store.inbox.backlog(),
    store.halts.list(),
  ])
  const halted = halts.length
  return { queues, inbox, halted, modelTrouble: model?.trouble()?.failure ?? null }
}

async function readiness({ store, model }: Wired, clock: ClockWatch) {
  const trouble = model?.trouble() ?? null
  const stored = await store.ping().then(
    () => ({ ok: true, detail: store.kind }),
    (failure: unknown) => ({
      ok: false,
      detail: failure instanceof Problem ? failure.message : 'no answer',
    }),
  )
  return [
    { name: 'store', ...stored },
    { name: 'clock', ok: clock.latest().state !== 'fails', detail: clock.latest().detail },
    { name: 'model', ok: trouble?.failure !== 'account', detail: trouble?.message ?? 'ready' },
  ]
}

function refuse(lines: readonly string[]): false {
  for (const line of lines) process.stderr.write(`${line}\n`)
  process.exitCode = REFUSED
  return false
}
