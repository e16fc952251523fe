/** The side of a diff, in the words of GitHub's API: LEFT is the base, RIGHT is the head. */
export type Side = 'LEFT' | 'RIGHT'

/** What happened to a file between base and head. A copy counts as added. */
export type Change = 'added' | 'modified' | 'removed' | 'renamed'

/**
 * One hunk, compact: the lines keep their one-character prefix (` `, `+`, `-`), and
 * `\ No newline at end of file` is not among them. A line may end in `\r`.
 */
export interface Hunk {
  readonly oldStart: number
  readonly oldLines: number
  readonly newStart: number
  readonly newLines: number
  readonly lines: readonly string[]
}

/**
 * What can be said about a file's content: `text` has hunks (or none, when only the name or mode
 * changed), `binary` has no lines, `missing` is text whose diff the other side did not send
 * because it was too large, `unreadable` came with hunks that do not add up.
 */
export type Content = 'text' | 'binary' | 'missing' | 'unreadable'

/**
 * One changed file between base and head. Most files of a change are decided by their path alone,
 * so hunks may be read when they are asked for (`lazy-hunks.ts`): ask when you need them.
 */
export interface FileDiff {
  readonly path: string
  readonly previousPath: string | null
  readonly change: Change
  readonly content: Content
  readonly hunks: readonly Hunk[]
}
