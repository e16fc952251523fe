import type { Claim, Finding, FindingClass } from '#core/findings/finding'

/** An open thread that somebody else began on lines of the change: data, whoever wrote it. */
export interface OthersThread {
  readonly author: string
  readonly path: string
  readonly side: Claim['side']
  readonly startLine: number
  readonly line: number
  /** What was said first in it. */
  readonly body: string
}

/** A finding that somebody else said before us on the same lines. */
export interface SaidBefore {
  readonly finding: Finding
  readonly author: string
}

/** Lines between two remarks that may still be about one place. */
const NEAR = 3

/** How people name a class of problem when they talk about it. */
const WORDS: Readonly<Record<FindingClass, RegExp>> = {
  'credential-exposure': /secret|token|credential|api.?key|password|hard.?coded/i,
  'secret-logging': /\blog(?:s|ged|ging)?\b|\bleak/i,
  'webhook-verification': /signature|verif|unsigned|forge|hmac|authentic/i,
  'timing-unsafe-compare': /timing|constant.?time/i,
  'replay-window': /replay|timestamp|toleran/i,
  'webhook-ack': /acknowledg|\back\b|respond|\b200\b|before answering|background|queue/i,
  'event-dedupe': /duplicat|twice|idempot|dedup|redeliver/i,
  idempotency: /idempot|duplicat|twice|double/i,
  timeout: /time.?out|time limit|deadline|hang/i,
  'retry-policy': /retr(?:y|ies)|back.?off|jitter/i,
  'rate-limit': /rate.?limit|\b429\b|retry-after|throttl/i,
  'circuit-breaking': /circuit|breaker|bulkhead/i,
  'error-handling': /error|exception|swallow|status code|unchecked|fail/i,
  'payload-validation': /validat|schema|untrusted|unchecked|sanit/i,
  injection: /inject|escap|sanit|ssrf|redirect|untrusted/i,
  'resource-limit': /limit|unbounded|memory|too large|body size/i,
  tls: /\btls\b|\bssl\b|certificate/i,
  oauth: /oauth|\bstate\b|pkce|refresh/i,
  jwt: /jwt|algorithm|audience|issuer|expir/i,
  'api-version': /version|pin/i,
  pagination: /pagina|next page|cursor|first page/i,
  'sync-consistency': /consisten|transaction|cursor|race|partial|order/i,
  'data-mapping': /cents|decimal|float|round|mapping|time ?zone|currency|unit/i,
  observability: /\blog|metric|trace|correlation|observab/i,
  'integration-test': /\btests?\b|coverage|untested/i,
  'contract-change': /breaking|contract|compatib|schema/i,
  documentation: /document|readme|comment/i,
}

/**
 * Findings for a line that somebody else spoke about in the same sense: another voice there would be
 * noise. What is critical is said in any case, because these words may be anybody's.
 */
export function saidByOthers(
  findings: readonly Finding[],
  threads: readonly OthersThread[],
): readonly SaidBefore[] {
  return findings.flatMap((finding) => {
    if (finding.placement !== 'line' || finding.severity === 'critical') return []
    const thread = threads.find((one) => isAbout(one, finding))
    return thread === undefined ? [] : [{ finding, author: thread.author }]
  })
}

function isAbout(thread: OthersThread, finding: Finding): boolean {
  if (thread.path !== finding.path || thread.side !== finding.side) return false
  const apart = Math.max(thread.startLine, finding.startLine) - Math.min(thread.line, finding.line)
  return apart <= NEAR && WORDS[finding.class].test(thread.body)
}
