import * as z from 'zod'
import { Ecosystem } from '#core/providers/provider'

/** Which way data goes, and by what. */
export const Direction = z.enum([
  'outbound-call',
  'inbound-webhook',
  'oauth',
  'queue-producer',
  'queue-consumer',
  'file-exchange',
])
export type Direction = z.infer<typeof Direction>

const line = z.int().positive()

/** One place in the code where the repository speaks to another system, or is spoken to. */
export const Site = z.strictObject({
  /** `inv-` and 12 hex of everything but the line, so that moved code keeps its row. */
  id: z.string(),
  direction: Direction,
  path: z.string(),
  line,
  /** The function or class around it. */
  symbol: z.string().nullable(),
  /** The call without its arguments, or the route: `stripe.refunds.create`, `POST /webhooks/stripe`. */
  what: z.string(),
  /** Null where the code does not show it. */
  host: z.string().nullable(),
  /** Names of the fields that are sent, as far as the call shows them. */
  data: z.array(z.string()),
})
export type Site = z.infer<typeof Site>

const Host = z.strictObject({ host: z.string(), path: z.string(), line })
const EnvironmentKey = z.strictObject({ name: z.string(), path: z.string(), line })
export const Sdk = z.strictObject({
  ecosystem: Ecosystem,
  package: z.string(),
  /** The range of a manifest: `^14.1.0`; null where it names none. */
  declared: z.string().nullable(),
  /** The version of a lock file. */
  locked: z.string().nullable(),
  path: z.string(),
  line,
})
export type Sdk = z.infer<typeof Sdk>
const Client = z.strictObject({
  /** The name that the client is bound to. */
  name: z.string(),
  /** Timeouts and retries as the code writes them: `timeout: 10_000`. */
  settings: z.array(z.string()),
  path: z.string(),
  line,
})
const SenderCheck = z.strictObject({ call: z.string(), path: z.string(), line })
const ApiVersion = z.strictObject({ version: z.string(), path: z.string(), line })

/** Everything that a repository has to do with one other system. */
export const Integration = z.strictObject({
  /** A provider's id, `host:<name>`, `library:<name>`, or `unaddressed`. */
  id: z.string(),
  kind: z.enum(['provider', 'host', 'library', 'unaddressed']),
  name: z.string(),
  /** Only of providers. */
  category: z.string().nullable(),
  directions: z.array(Direction),
  sites: z.array(Site),
  hosts: z.array(Host),
  env: z.array(EnvironmentKey),
  sdks: z.array(Sdk),
  apiVersions: z.array(ApiVersion),
  clients: z.array(Client),
  /** Calls that check who sent a webhook. */
  checks: z.array(SenderCheck),
})
export type Integration = z.infer<typeof Integration>

/** What could not be read: files, and languages without facts. */
export const Unread = z.strictObject({
  languages: z.array(z.string()),
  files: z.array(z.strictObject({ path: z.string(), because: z.string() })),
})

/**
 * The integrations of a repository at one commit: version 1, described by
 * docs/inventory.schema.json. It names no commit and no moment, so that it stays the same to the
 * byte while nothing about integrations changes.
 */
export const Inventory = z.strictObject({
  version: z.literal(1),
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  integrations: z.array(Integration),
  unread: Unread,
})
export type Inventory = z.infer<typeof Inventory>

/** One thing that a change adds to an inventory or takes from it. */
export const InventoryChange = z.strictObject({
  change: z.enum(['added', 'removed']),
  what: z.enum(['site', 'host', 'key', 'sdk', 'version']),
  /** The integration's id and name. */
  integration: z.string(),
  name: z.string(),
  /** Only of sites. */
  direction: Direction.nullable(),
  /** The call or route, the host, the key, the package with its version, the API version. */
  text: z.string(),
  path: z.string(),
  line,
})
export type InventoryChange = z.infer<typeof InventoryChange>

/** The id of calls whose address the code does not show. */
export const UNADDRESSED = 'unaddressed'
