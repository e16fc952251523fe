import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Keys that sign our hidden markers: the first signs, all verify. A marker counts only in a post
 * by our own user id and with a valid signature, so nobody can plant one.
 */
export type MarkerKeys = readonly [Uint8Array, ...Uint8Array[]]

/**
 * What a marker is about: a review of one head, one finding, a finding that the agent made and the
 * rules cannot see, the sticky summary, a comment that is answered, how an
 * objection to a finding ended, or the issue of the audit.
 */
export type MarkerKind =
  | 'review'
  | 'finding'
  | 'judged'
  | 'summary'
  | 'answer'
  | 'weighed'
  | 'audit'

/**
 * The pull request that a marker belongs to, 0 where it belongs to the repository; copied elsewhere,
 * it is invalid.
 */
export interface MarkerScope {
  readonly repositoryId: number
  readonly pull: number
}

const MARKER =
  /<!-- tech-lead:(review|finding|judged|summary|answer|weighed|audit) ([A-Za-z0-9#-]{1,80}) ([0-9a-f]{32}) -->/g

/** A hidden comment that lets us find our own post again. `value` has letters, digits, `#`, `-`. */
export function marker(
  kind: MarkerKind,
  value: string,
  scope: MarkerScope,
  keys: MarkerKeys,
): string {
  return `<!-- tech-lead:${kind} ${value} ${signature(kind, value, scope, keys[0])} -->`
}

/** The values of the valid markers of one kind in a body, in order. */
export function readMarkers(
  body: string,
  kind: MarkerKind,
  scope: MarkerScope,
  keys: MarkerKeys,
): readonly string[] {
  const values: string[] = []
  for (const [, found, value = '', signed = ''] of body.matchAll(MARKER)) {
    if (found !== kind) continue
    const given = Buffer.from(signed, 'hex')
    const expected = keys.map((key) => Buffer.from(signature(kind, value, scope, key), 'hex'))
    if (expected.some((mac) => timingSafeEqual(mac, given))) values.push(value)
  }
  return values
}

/** A body as people see it: without our hidden marks, whoever signed them. */
export function withoutMarkers(body: string): string {
  return body.replaceAll(MARKER, '').trimEnd()
}

function signature(kind: string, value: string, scope: MarkerScope, key: Uint8Array): string {
  const said = JSON.stringify([scope.repositoryId, scope.pull, kind, value])
  return createHmac('sha256', key).update(said).digest('hex').slice(0, 32)
}
