import type { Reason } from '#core/filter/selection'

/** Details that are whole words for a person already. */
const SAYS_ITSELF =
  /^(?:imports|uses|calls|makes|memory|names|named|folder|a|an|the|draws|runs|nothing|no|paths)\b|linguist-/

/** What each signal means when its detail is only the word that was seen. */
const SAYS: Readonly<Record<string, (detail: string) => string>> = {
  'provider-sdk': (detail) => `imports ${detail}`,
  'outbound-call': (detail) => `calls out (${detail})`,
  'http-client': (detail) => `calls out (${detail})`,
  'rpc-client': (detail) => `calls out (${detail})`,
  host: (detail) => `talks to ${detail}`,
  header: (detail) => `knows the header ${detail}`,
  'env-name': (detail) => `reads ${detail}`,
  'env-sample': (detail) => `lists ${detail}`,
  webhook: (detail) => `handles webhooks (${detail})`,
  signature: (detail) => `signs or verifies (${detail})`,
  oauth: (detail) => `speaks OAuth or single sign-on (${detail})`,
  token: (detail) => `handles tokens (${detail})`,
  credentials: (detail) => `handles credentials (${detail})`,
  queue: (detail) => `uses a queue (${detail})`,
  mail: (detail) => `sends or reads mail (${detail})`,
  storage: (detail) => `uses an object store (${detail})`,
  sync: (detail) => `keeps data in step (${detail})`,
  resilience: (detail) => `handles failing calls (${detail})`,
  infrastructure: (detail) => `sets up ${detail}`,
  'ci-secrets': (detail) => `takes secrets (${detail})`,
  package: (detail) => `moves the ${detail}`,
  configuration: (detail) => `configures ${detail}`,
}

/** A reason as a clause that goes on after the file's name: `imports stripe`, `reads STRIPE_KEY`. */
export function plainReason({ signal, detail }: Pick<Reason, 'signal' | 'detail'>): string {
  if (signal === 'path') return plainPath(detail)
  return SAYS_ITSELF.test(detail) ? detail : (SAYS[signal]?.(detail) ?? detail)
}

function plainPath(detail: string): string {
  const folder = /^folder (.+)$/.exec(detail)?.[1]
  if (folder !== undefined) return `stands in ${folder}/`
  const named = /^named (.+)$/.exec(detail)?.[1]
  if (named !== undefined) return `is named ${named}`
  const provider = /^(.+) names ([\w-]+)$/.exec(detail)
  return provider === null ? detail : `is named after ${provider[2]} (${provider[1]})`
}
