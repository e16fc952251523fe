import * as z from 'zod'
import { Problem } from '#core/problem'
import type { Effect, EffectStep } from '#flow/ports'
import type { Database } from '#store/database'
import { row } from '#store/database'

const EffectRow = z
  .object({
    status: z.enum(['intended', 'done']),
    object_id: z.string().nullable(),
    attempts: z.int(),
    intended_at: z.coerce.number(),
  })
  .transform(
    ({ status, object_id, attempts, intended_at }): Effect => ({
      status,
      objectId: object_id,
      attempts,
      intendedAt: intended_at,
    }),
  )
const COLUMNS = 'effects.status, effects.object_id, effects.attempts, effects.intended_at'

/** Which run, and as whom: a worker whose epoch is past may neither read nor write. */
export interface Hold {
  readonly runKey: string
  readonly epoch: number
}

/** Which effect of a run. `key` tells effects of one step apart. */
export interface EffectName {
  readonly step: EffectStep
  readonly key: string
}

/** What a worker that has lost its run is told. */
export function leaseLost(runKey: string): Problem {
  return new Problem(
    'run.lease-lost',
    'gone',
    `Run ${runKey} is in the hands of another worker; this one writes nothing more.`,
  )
}

const Held = z.object({ epoch: z.int() })

/** Throws `run.lease-lost` unless the run still has this epoch. */
export async function assertHeld(database: Database, { runKey, epoch }: Hold): Promise<void> {
  const held = await row(
    database,
    Held,
    'select epoch from runs where run_key = $1 and epoch = $2',
    [runKey, epoch],
  )
  if (!held) throw leaseLost(runKey)
}

export async function readEffect(
  database: Database,
  hold: Hold,
  { step, key }: EffectName,
): Promise<Effect | null> {
  const found = await row(
    database,
    EffectRow,
    `select ${COLUMNS} from effects join runs using (run_key)
     where run_key = $1 and runs.epoch = $2 and step = $3 and key = $4`,
    [hold.runKey, hold.epoch, step, key],
  )
  if (!found) await assertHeld(database, hold)
  return found
}

/**
 * Says that a write is about to be sent, before it is sent. Counts the sendings; the moment stays
 * that of the first. An effect that is done stays done and is given back as it is.
 */
export async function intendEffect(
  database: Database,
  hold: Hold,
  { step, key, now }: EffectName & { now: number },
): Promise<Effect> {
  // The share lock makes a claim by another worker wait until this row is committed, or be seen.
  const intended = await row(
    database,
    EffectRow,
    `insert into effects (run_key, step, key, status, attempts, epoch, intended_at)
     select run_key, $3, $4, 'intended', 1, epoch, $5::bigint from runs
       where run_key = $1 and epoch = $2 for share
     on conflict (run_key, step, key) do update
       set attempts = effects.attempts + 1, epoch = excluded.epoch,
           intended_at = excluded.intended_at
       where effects.status = 'intended'
     returning ${COLUMNS}`,
    [hold.runKey, hold.epoch, step, key, now],
  )
  if (intended) return intended
  const done = await readEffect(database, hold, { step, key })
  if (!done) throw leaseLost(hold.runKey)
  return done
}

/** Records that a write was accepted, and the name of what it made. */
export async function finishEffect(
  database: Database,
  hold: Hold,
  { step, key, objectId, now }: EffectName & { objectId: string | null; now: number },
): Promise<void> {
  const done = await row(
    database,
    EffectRow,
    `update effects set status = 'done', object_id = $5, done_at = $6, epoch = $2
     from (select run_key from runs where run_key = $1 and epoch = $2 for share) as held
     where effects.run_key = held.run_key and step = $3 and key = $4
     returning ${COLUMNS}`,
    [hold.runKey, hold.epoch, step, key, objectId, now],
  )
  if (done) return
  await assertHeld(database, hold)
  // Found before it was ever intended: this store is older than the world.
  await intendEffect(database, hold, { step, key, now })
  await finishEffect(database, hold, { step, key, objectId, now })
}

/** Takes an intent back: nothing was written, so the sending does not count. */
export async function withdrawEffect(
  database: Database,
  hold: Hold,
  { step, key }: EffectName,
): Promise<void> {
  const ours = `where effects.run_key = $1 and step = $3 and key = $4 and status = 'intended'
    and exists (select 1 from runs where run_key = $1 and runs.epoch = $2 for share)`
  const params = [hold.runKey, hold.epoch, step, key]
  await database.query(`delete from effects ${ours} and attempts <= 1`, params)
  await database.query(
    `update effects set attempts = attempts - 1 ${ours} and attempts > 1`,
    params,
  )
  await assertHeld(database, hold)
}

/** Lets a dead run close its check anew, and counts the sendings of what is not done from zero. */
export async function reopenEffects(database: Database, { runKey, epoch }: Hold): Promise<void> {
  const dead = "exists (select 1 from runs where run_key = $1 and epoch = $2 and state = 'dead')"
  await database.query(
    `delete from effects where run_key = $1 and step in ('conclude-check', 'react-end') and ${dead}`,
    [runKey, epoch],
  )
  await database.query(
    `update effects set attempts = 0 where run_key = $1 and status = 'intended' and ${dead}`,
    [runKey, epoch],
  )
}
