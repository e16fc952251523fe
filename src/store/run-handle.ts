import { createHash } from 'node:crypto'
import * as z from 'zod'
import { Plan } from '#core/plan/plan'
import { Problem } from '#core/problem'
import type { Clock, Log, Run } from '#flow/ports'
import type { Database } from '#store/database'
import { row } from '#store/database'
import type { Hold } from '#store/effects'
import {
  assertHeld,
  finishEffect,
  intendEffect,
  leaseLost,
  readEffect,
  withdrawEffect,
} from '#store/effects'
import { refuseHalted } from '#store/halts'
import type { RunState } from '#store/run-state'
import { storableReason } from '#store/storable-text'

/** A run that this process holds. Release it when the work on it ends, however it ends. */
export interface HeldRun extends Run {
  /** When the review was first taken up, in milliseconds since the epoch. */
  readonly createdAt: number
  /** The check run that was opened for it, if that is known. */
  checkRunId(): Promise<number | null>
  /** Gives the run up, so that another try can claim it at once. Harmless when already ended. */
  release(): Promise<void>
}

/** The run as the runs module sees it: it may tell the worker to stop. */
export interface RunHandle extends HeldRun {
  readonly pullKey: string
  abort(reason: Problem): void
}

export interface HandleNeeds {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  readonly leaseMs: number
  /** Whether the lease is renewed until the run is released. */
  readonly renewed: boolean
  /** Called once, when the run is no longer held. */
  forget(handle: RunHandle): void
}

/** What is known of a run at its claim. */
export type ClaimedRun = Pick<Run, 'key' | 'job' | 'epoch'> & {
  readonly pullKey: string
  readonly createdAt: number
  readonly state: RunState
}

const Renewed = z.object({ superseded: z.boolean() })
const PlanRow = z.object({ plan: z.string().nullable(), plan_hash: z.string().nullable() })
const Key = z.object({ run_key: z.string() })

/** Renewals in one lease: two may fail before another worker can take the run. */
const RENEWALS_PER_LEASE = 3

export function createRunHandle(needs: HandleNeeds, claimed: ClaimedRun): RunHandle {
  const { database, clock } = needs
  const hold: Hold = { runKey: claimed.key, epoch: claimed.epoch }
  const stop = new AbortController()
  const heartbeat = needs.renewed ? startHeartbeat(needs, hold, stop) : undefined
  let lost = false
  stop.signal.addEventListener('abort', () => {
    lost ||= stop.signal.reason instanceof Problem && stop.signal.reason.code === 'run.lease-lost'
  })
  const guard = () => {
    if (lost) throw leaseLost(hold.runKey)
  }
  const letGo = () => {
    clearInterval(heartbeat)
    needs.forget(handle)
  }

  const { key, job, epoch, pullKey, createdAt } = claimed
  const handle: RunHandle = {
    key,
    job,
    epoch,
    pullKey,
    createdAt,
    signal: stop.signal,
    abort: (reason) => stop.abort(reason),
    async plan() {
      guard()
      return readPlan(database, hold)
    },
    async freeze(plan) {
      guard()
      await freezePlan(database, hold, plan)
    },
    ...effectsOf(needs, claimed, guard),
    async checkRunId() {
      const opened = await handle.effect('open-check')
      return opened?.objectId ? Number(opened.objectId) : null
    },
    async finish(state, because) {
      guard()
      await endRun(database, hold, { state, because, now: clock.now() })
      letGo()
    },
    async release() {
      letGo()
      await database.query('update runs set lease_until = null where run_key = $1 and epoch = $2', [
        hold.runKey,
        hold.epoch,
      ])
    },
  }
  return handle
}

/** The part of a run that deals with its effects. */
function effectsOf(
  { database, clock, leaseMs }: HandleNeeds,
  { key: runKey, epoch, job }: ClaimedRun,
  guard: () => void,
): Pick<Run, 'effect' | 'intend' | 'done' | 'withdraw'> {
  const hold: Hold = { runKey, epoch }
  return {
    async effect(step, key = '') {
      guard()
      return readEffect(database, hold, { step, key })
    },
    async intend(step, key = '') {
      guard()
      // The last moment at which a stop of the operator can hold a write back.
      await refuseHalted(database, job)
      let askedAt = performance.now()
      const intended = await intendEffect(database, hold, { step, key, now: clock.now() })
      // The process may have been stopped meanwhile: an answer older than the lease proves nothing.
      while (performance.now() - askedAt > leaseMs) {
        askedAt = performance.now()
        await assertHeld(database, hold)
      }
      return intended
    },
    async done(step, objectId, key = '') {
      guard()
      await finishEffect(database, hold, { step, key, objectId, now: clock.now() })
    },
    async withdraw(step, key = '') {
      guard()
      await withdrawEffect(database, hold, { step, key })
    },
  }
}

/** Renews the lease and learns whether the run was superseded elsewhere. */
function startHeartbeat(needs: HandleNeeds, hold: Hold, stop: AbortController): NodeJS.Timeout {
  let renewedAt = performance.now()
  const beat = async () => {
    const sentAt = performance.now()
    try {
      const renewed = await renew(needs, hold)
      if (!renewed) return stop.abort(leaseLost(hold.runKey))
      renewedAt = sentAt
      if (renewed.superseded) stop.abort(superseded(hold.runKey))
    } catch (error) {
      needs.log.warn({ run: hold.runKey, reason: String(error) }, 'lease not renewed')
      if (performance.now() - renewedAt > needs.leaseMs) stop.abort(leaseLost(hold.runKey))
    }
  }
  return setInterval(() => void beat(), Math.ceil(needs.leaseMs / RENEWALS_PER_LEASE)).unref()
}

function renew({ database, leaseMs }: HandleNeeds, { runKey, epoch }: Hold) {
  return row(
    database,
    Renewed,
    `update runs set lease_until = clock_timestamp() + $3::int * interval '1 millisecond'
     where run_key = $1 and epoch = $2 returning superseded`,
    [runKey, epoch, leaseMs],
  )
}

/** The reason of a signal that fired because a newer head or a closed pull request took over. */
export function superseded(runKey: string): Problem {
  return new Problem('run.superseded', 'gone', `Run ${runKey} was superseded.`)
}

async function readPlan(database: Database, hold: Hold): Promise<Plan | null> {
  const found = await row(
    database,
    PlanRow,
    'select plan, plan_hash from runs where run_key = $1 and epoch = $2',
    [hold.runKey, hold.epoch],
  )
  if (!found) throw leaseLost(hold.runKey)
  if (found.plan === null) return null
  if (hashOf(found.plan) !== found.plan_hash) {
    throw new Error(`the plan of run ${hold.runKey} is not the one that was frozen`)
  }
  const read = Plan.safeParse(JSON.parse(found.plan))
  if (read.success) return read.data
  throw new Problem(
    'run.plan-unreadable',
    'told',
    `The plan of run ${hold.runKey} was written by another version of the program and cannot be posted by this one.`,
    { cause: read.error },
  )
}

async function freezePlan(database: Database, hold: Hold, plan: Plan): Promise<void> {
  // Kept as text, not as jsonb: a restart must post it byte for byte.
  const text = JSON.stringify(plan)
  const frozen = await row(
    database,
    Key,
    `update runs set plan = $3, plan_hash = $4, state = 'planned'
     where run_key = $1 and epoch = $2 and plan is null returning run_key`,
    [hold.runKey, hold.epoch, text, hashOf(text)],
  )
  if (frozen) return
  await assertHeld(database, hold)
  throw new Error(`the plan of run ${hold.runKey} is frozen already`)
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A run that has ended before keeps the state in which it ended; only its lease goes. */
async function endRun(
  database: Database,
  hold: Hold,
  end: { state: string; because: string | null; now: number },
): Promise<void> {
  const ended = await row(
    database,
    Key,
    `update runs set lease_until = null,
       because = case when state in ('claimed', 'planned') then $4 else because end,
       ended_at = coalesce(ended_at, $5),
       state = case when state in ('claimed', 'planned') then $3 else state end
     where run_key = $1 and epoch = $2 returning run_key`,
    [
      hold.runKey,
      hold.epoch,
      end.state,
      end.because === null ? null : storableReason(end.because),
      end.now,
    ],
  )
  if (!ended) throw leaseLost(hold.runKey)
}
