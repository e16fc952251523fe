import { readFileSync } from 'node:fs'
import { runCommandLine } from '#cli/run'
import { createStreams } from '#cli/streams'

const streams = createStreams()
// An interrupted command still removes what it keeps on disk, on `exit`.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(code))
}

const code = await runCommandLine(process.argv.slice(2), {
  version: readVersion(),
  streams,
  services: {
    review: async () => (await import('#wiring/wire-local')).reviewLocally,
  },
})
process.exit(code)

/** Both `src/cli` and `dist/cli` lie two levels below the package. */
function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(text) as { version: string }
  return version
}
