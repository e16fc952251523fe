import type { MemoryFile } from '#core/memory/memory'
import type { SourceText } from '#core/text/source-text'
import type { Contents, Run } from '#flow/ports'

/** An issue of ours. */
export interface OwnIssue {
  readonly number: number
  readonly open: boolean
  readonly body: string
}

/** A repository at the tip of its default branch, as far as an audit goes. */
export interface AuditedRepository {
  /** Why no issue can be kept here, in a few words; null where one can. */
  readonly closedBecause: string | null
  readonly settings: SourceText | null
  readonly memory: readonly MemoryFile[]
  readonly contents: Contents
}

/** A repository that is audited. No write is retried in here. */
export interface AuditHome {
  readonly webUrl: string
  repository(): Promise<AuditedRepository>
  /** Every issue that our own account has opened, open or closed. */
  ownIssues(): Promise<readonly OwnIssue[]>
  openIssue(words: { readonly title: string; readonly body: string }): Promise<number>
  editIssue(issue: number, body: string): Promise<void>
}

/** What is kept of audits, so that each repository gets one a week and one issue for ever. */
export interface Audits {
  /** When a repository was last audited, in milliseconds since the epoch; null for never. */
  lastAt(installation: number, repository: number): Promise<number | null>
  end(installation: number, repository: number, result: string): Promise<void>
  /** The effect of opening the issue. */
  opening(
    installation: number,
    repository: number,
  ): Pick<Run, 'effect' | 'intend' | 'done' | 'withdraw' | 'signal'>
}
