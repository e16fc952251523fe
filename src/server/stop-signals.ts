import type { Log } from '#flow/ports'

/** The part of `process` that this needs. */
interface Signalled {
  on(signal: 'SIGTERM' | 'SIGINT', listener: (signal: string) => void): unknown
  exit(code: number): void
}

/**
 * Stops the process when it is told to: the first signal drains and exits, with 0 when everything
 * in hand was finished and 1 when it was cut short; the second exits at once.
 */
export function stopOnSignals(
  drain: () => Promise<boolean>,
  log: Log,
  signalled: Signalled = process,
): void {
  let stopping = false
  const onSignal = (signal: string) => {
    if (stopping) {
      log.warn({ signal }, 'second signal: exit without finishing')
      signalled.exit(1)
      return
    }
    stopping = true
    log.info({ signal }, 'signal received')
    drain().then(
      (finished) => signalled.exit(finished ? 0 : 1),
      () => signalled.exit(1),
    )
  }
  signalled.on('SIGTERM', onSignal)
  signalled.on('SIGINT', onSignal)
}
