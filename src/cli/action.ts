import { runAction } from '#cli/run-action'
import { createStreams } from '#cli/streams'

// What the action runs: https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))

const code = await runAction({
  environment: process.env,
  streams: createStreams(),
  reviewLocally: async () => (await import('#wiring/wire-local')).reviewLocally,
  reviewWithToken: async () => (await import('#wiring/review-in-workflow')).reviewWithToken,
})
process.exit(code)
