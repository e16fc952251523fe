/** One thing the server needs, and whether it has it. `detail` is for the operator. */
export interface ReadinessCheck {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
}

/** Asks what the server needs: the store, the credentials, the model's breaker. */
export type Readiness = () => Promise<readonly ReadinessCheck[]>

/** A check that takes longer counts as failed, in milliseconds. */
const PATIENCE_MS = 3_000

/** Whether deliveries and jobs can be dealt with right now. Never rejects and never hangs. */
export async function readinessOf(
  readiness: Readiness,
  draining: boolean,
): Promise<{ readonly ready: boolean; readonly checks: readonly ReadinessCheck[] }> {
  const { promise: late, resolve } = Promise.withResolvers<readonly ReadinessCheck[]>()
  const timer = setTimeout(
    () => resolve([{ name: 'checks', ok: false, detail: 'no answer in time' }]),
    PATIENCE_MS,
  )
  const asked = readiness().catch((): readonly ReadinessCheck[] => [
    { name: 'checks', ok: false, detail: 'could not be made' },
  ])
  const checks = await Promise.race([asked, late])
  clearTimeout(timer)
  const all = draining ? [...checks, { name: 'running', ok: false, detail: 'stopping' }] : checks
  return { ready: all.every(({ ok }) => ok), checks: all }
}
