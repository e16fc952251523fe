import type { CodeLine } from '#core/filter/read-lines'

/** What the filter looks for. Hits of one signal strengthen each other little, of two much. */
export const SIGNALS = [
  'path',
  'provider-sdk',
  'sdk',
  'http-client',
  'outbound-call',
  'rpc-client',
  'host',
  'header',
  'env-name',
  'webhook',
  'signature',
  'oauth',
  'token',
  'credentials',
  'queue',
  'mail',
  'storage',
  'sync',
  'resilience',
  'imports-integration',
  'memory',
  'api-contract',
  'infrastructure',
  'ci-secrets',
  'package',
  'env-sample',
  'configuration',
] as const
export type Signal = (typeof SIGNALS)[number]

/**
 * How long a hit speaks for a file whose change is elsewhere: `file` tells what the whole file is
 * (its path, a module it uses), `part` an explicit part of it (a host, a header), `word` little.
 */
export type Reach = 'file' | 'part' | 'word'

/** One thing that speaks for a file being about an integration. */
export interface Hit {
  readonly signal: Signal
  /** What was seen, in a few words, for a person to read. */
  readonly detail: string
  /** 0 to 1: how sure this alone makes us. */
  readonly weight: number
  readonly reach: Reach
  /** The line at head; null when the path or a removed line said it. */
  readonly line: number | null
  /** Whether a line said it that the change added or removed. */
  readonly changed: boolean
  readonly provider: string | null
}

/** What was seen, before it is known where. */
export interface Sight {
  readonly signal: Signal
  readonly detail: string
  readonly weight: number
  readonly reach: Reach
  readonly provider?: string | null
}

/** A hit on a line. */
export function hitAt({ line, changed }: CodeLine, sight: Sight): Hit {
  return { ...sight, provider: sight.provider ?? null, line, changed }
}
