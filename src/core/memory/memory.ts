/** A file of the memory folder: its path below the folder, with forward slashes, and its text. */
export interface MemoryFile {
  readonly path: string
  readonly text: string
}

/** Where a learned fact can be checked: a line of the repository at the base or at the head. */
export interface Citation {
  readonly path: string
  readonly line: number
}

/**
 * Something worth remembering, proposed by the agent or the inventory, or said by a maintainer.
 * `topic` names the topic file (`stripe`, `conventions`); `text` is one sentence or a few, as a
 * person would write them.
 */
export interface Learning {
  readonly topic: string
  readonly text: string
  readonly citation: Citation | null
  readonly source: 'agent' | 'inventory' | 'maintainer'
  /** Login of the maintainer who said it; absent where nobody did. */
  readonly author?: string | undefined
}

/** A change of one memory file; `text: null` removes the file. */
export interface MemoryEdit {
  readonly path: string
  readonly text: string | null
}

/** The folder that Claude Code's own subagents use for their project memory. */
export function memoryFolder(agent: string): string {
  return `.claude/agent-memory/${agent}`
}

/** The index: the one file that every reader of the folder loads. */
export const MEMORY_INDEX = 'MEMORY.md'

/**
 * How much of the index a reader loads, whichever comes first. Claude Code reads no more than this
 * (https://code.claude.com/docs/en/sub-agents#enable-persistent-memory); we write no more into any file.
 */
export const MAX_INDEX_LINES = 200
/** Bytes of UTF-8. */
export const MAX_MEMORY_FILE_BYTES = 25_600

/** Files that one commit may change, so that it stays readable. */
export const MAX_FILES_PER_COMMIT = 20

/** Of these, files that are changed because the agent removed something; the rest is learning. */
export const MAX_OVERLAY_FILES = 5
