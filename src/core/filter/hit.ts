/** One thing that speaks for a file being about an integration. */
export interface Hit {
  readonly signal: Signal
  /** What was seen, in a few words, for a person to read. */
  readonly detail: string
  /** 0 to 1: how sure this alone makes us. */
  readonly weight: number
  /** The line at head; null when the path or a removed line said it. */
  readonly line: number | null
  /** Whether a line said it that the change added or removed. */
  readonly changed: boolean
  readonly provider: string | null
}

/** What the filter looks for. Hits of one signal strengthen each other little, of two much. */
export type Signal =
  | 'path'
  | 'provider-sdk'
  | 'http-client'
  | 'outbound-call'
  | 'rpc-client'
  | 'host'
  | 'header'
  | 'env-name'
  | 'webhook'
  | 'signature'
  | 'oauth'
  | 'token'
  | 'credentials'
  | 'queue'
  | 'mail'
  | 'storage'
  | 'sync'
  | 'resilience'
  | 'imports-integration'
  | 'api-contract'
  | 'infrastructure'
  | 'ci-secrets'
  | 'package'
  | 'env-sample'
  | 'configuration'
