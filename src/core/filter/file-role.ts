import { pathFacts } from '#core/filter/file-kind'
import { nameOf } from '#core/filter/path-index'
import type { FileDecision } from '#core/filter/selection'

/** What a file does within an integration. */
export const FILE_ROLES = ['handler', 'client', 'schema', 'config', 'test', 'other'] as const
export type FileRole = (typeof FILE_ROLES)[number]

const SCHEMA_NAME =
  /(?:^|[-_.])(?:schemas?|dtos?|types?|models?|contracts?|validators?|mappers?|entit(?:y|ies))(?:$|[-_.])/
const HANDLER_NAME =
  /(?:^|[-_.])(?:webhooks?|handlers?|controllers?|routes?|endpoints?|consumers?|listeners?|subscribers?|callbacks?|receivers?|workers?|jobs?)(?:$|[-_.])/
const CLIENT_NAME =
  /(?:^|[-_.])(?:clients?|gateways?|adapters?|apis?|services?|connectors?|providers?|sdk|publishers?|producers?|mailers?)(?:$|[-_.])/
const CONFIG_KINDS: ReadonlySet<string> = new Set([
  'manifest',
  'lockfile',
  'env-sample',
  'infrastructure',
  'workflow',
  'configuration',
])
const HANDLES: ReadonlySet<string> = new Set(['webhook', 'signature'])
const CALLS: ReadonlySet<string> = new Set([
  'provider-sdk',
  'http-client',
  'outbound-call',
  'rpc-client',
  'host',
  'queue',
  'mail',
  'storage',
])

/** The role of a selected file: its path first, then its name, then what it was selected for. */
export function roleOf({ path, reasons }: FileDecision): FileRole {
  const { kind, test } = pathFacts(path)
  if (test) return 'test'
  if (kind === 'contract' || kind === 'query' || /\.(?:sql|prisma)$/.test(path)) return 'schema'
  if (CONFIG_KINDS.has(kind)) return 'config'
  const name = wordsOf(path)
  if (HANDLER_NAME.test(name)) return 'handler'
  if (SCHEMA_NAME.test(name)) return 'schema'
  if (CLIENT_NAME.test(name)) return 'client'
  if (reasons.some(({ signal }) => HANDLES.has(signal))) return 'handler'
  return reasons.some(({ signal }) => CALLS.has(signal)) ? 'client' : 'other'
}

/** A name in the words of its parts, whatever joins them: `StripeClient` is `stripe-client`. */
function wordsOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '-').toLowerCase()
}

const TEST_WORDS =
  /(?:^|[-_.])(?:tests?|specs?|e2e|it|integration|unit)(?=$|[-_.])|(?:Tests?|Spec|IT|TestCase)$/g

/** What a test or a contract is about, by its name alone: `charge` of `test_charge.py`. */
export function subjectOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
  const bare = nameOf(name.replaceAll(TEST_WORDS, ''))
  return bare.replaceAll(/[-_.]/g, '').toLowerCase()
}
