/** One thing that is wrong with something a person wrote, at the place where it stands. */
export interface Complaint {
  readonly file: string
  /** 1-based; null when the complaint is about the whole file. */
  readonly line: number | null
  readonly reason: string
}

/** What a parser gives back: a value, or every complaint at once. Parsers never throw. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly complaints: readonly Complaint[] }

/**
 * How a failure is dealt with: `told` is for a person to mend, `retry` means that the world was
 * busy and the same call may work later, `gone` means that the object of the work no longer
 * exists or may no longer be touched, so the work is dropped quietly.
 */
export type ProblemKind = 'told' | 'retry' | 'gone'

/** An expected failure. Everything else that is thrown is a bug. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: string
  readonly kind: ProblemKind
  /** For `retry`: how long the other side asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | null

  /** @param code stable, dotted and lower case, as in `git.unknown-ref` */
  constructor(
    code: string,
    kind: ProblemKind,
    message: string,
    options: { cause?: unknown; retryAfterMs?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.kind = kind
    this.retryAfterMs = options.retryAfterMs ?? null
  }
}

/** One line a person can act on, for a complaint: `file:line: reason`. */
export function complaintLine({ file, line, reason }: Complaint): string {
  return line === null ? `${file}: ${reason}` : `${file}:${line}: ${reason}`
}
