import { readFileSync } from 'node:fs'
import { runCommandLine } from '#cli/run'
import { createStreams } from '#cli/streams'

const streams = createStreams()
// An interrupted command still removes what it keeps on disk, on `exit`.
const interrupted = { SIGINT: () => process.exit(130), SIGTERM: () => process.exit(143) }
process.once('SIGINT', interrupted.SIGINT)
process.once('SIGTERM', interrupted.SIGTERM)

const code = await runCommandLine(process.argv.slice(2), {
  version: readVersion(),
  streams,
  services: {
    review: async () => (await import('#wiring/wire-local')).reviewLocally,
    replay: async () => (await import('#wiring/trajectory-file')).replayReview,
    inventory: async () => (await import('#wiring/inventory-locally')).inventoryLocally,
    matrix: async () => (await import('#wiring/matrix-locally')).matrixLocally,
    evaluation: async () => (await import('#wiring/evaluate-locally')).evaluateLocally,
    memory: async () => {
      const { memoryLocally, forgetLocally } = await import('#wiring/memory-locally')
      return { look: memoryLocally, forget: forgetLocally }
    },
    knowledge: async () => {
      const { createKnowledgeDesk } = await import('#wiring/knowledge-desk')
      return createKnowledgeDesk(new Date().toISOString().slice(0, 10))
    },
    operations: async () => (await import('#wiring/operations')).createOperations(process.env),
    async serve(role) {
      const { runServer } = await import('#server/run-server')
      // A server finishes what is in hand before it ends.
      process.off('SIGINT', interrupted.SIGINT).off('SIGTERM', interrupted.SIGTERM)
      return runServer(role === null ? process.env : { ...process.env, TECH_LEAD_ROLE: role })
    },
    async setup(request, begun) {
      const { runSetup } = await import('#server/run-setup')
      process.off('SIGINT', interrupted.SIGINT).off('SIGTERM', interrupted.SIGTERM)
      return runSetup(request, process.env, begun)
    },
  },
})
process.exit(code)

/** Both `src/cli` and `dist/cli` lie two levels below the package. */
function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(text) as { version: string }
  return version
}
