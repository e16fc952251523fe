/** What a person asks of a review on this machine, as the command line took it. */
export interface ReviewRequest {
  /** A folder in the repository, or a bare repository. */
  readonly directory: string
  /** A git ref; null for the default branch. */
  readonly base: string | null
  /** A git ref; null for HEAD with what is not committed. */
  readonly head: string | null
  /** The index as the head. */
  readonly staged: boolean
  /** `auto` asks the model where there is a key for it. */
  readonly reviewer: 'rules' | 'claude' | 'auto'
  /** Only decide which files are about integrations; review none. */
  readonly filesOnly: boolean
  /** A folder for what the model is asked, or would be asked; null for none. */
  readonly dumpPrompts: string | null
  /** A file for everything that the model is asked and answers; null for none. */
  readonly trajectory: string | null
}

/** What a report of such a request says when `filesOnly` was asked. */
export const FILES_ONLY = 'files only'
