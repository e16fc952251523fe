import { openSetupDoor } from '#server/setup-door'
import { prepareSetup, type SetUp, type SetupRequest } from '#wiring/setup'

/** GitHub's codes live for an hour. */
const PATIENCE_MS = 3_600_000

/**
 * Registers the app: shows a person where to begin, waits until they come back from GitHub, and
 * keeps the credentials.
 *
 * @param begun told the address to open, which holds the one-time token
 * @throws Problem for what a person can mend; then nothing was written
 */
export async function runSetup(
  request: SetupRequest & { readonly port: number },
  variables: Readonly<Record<string, string | undefined>>,
  begun: (url: string) => void,
): Promise<SetUp> {
  const setup = await prepareSetup(request, variables)
  // An interrupted setup leaves no file behind.
  const interrupted = (code: number) => () => void setup.abandon().then(() => process.exit(code))
  process.once('SIGINT', interrupted(130)).once('SIGTERM', interrupted(143))
  try {
    const door = await openSetupDoor(setup, { port: request.port, patienceMs: PATIENCE_MS })
    begun(door.url)
    try {
      return await door.done
    } finally {
      await door.close()
    }
  } finally {
    await setup.abandon()
  }
}
