/** A secret found in a file's text. Columns are 1-based UTF-16 offsets, the end exclusive. */
export interface SecretHit {
  readonly path: string
  readonly line: number
  readonly startColumn: number
  readonly endColumn: number
  /** What kind of secret, in words: `GitHub token`. */
  readonly label: string
}
