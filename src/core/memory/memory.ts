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
 * Something worth remembering, proposed by the agent or the inventory. `topic` names the topic
 * file (`stripe`, `conventions`); `text` is one sentence or a few, as a person would write them.
 */
export interface Learning {
  readonly topic: string
  readonly text: string
  readonly citation: Citation | null
  readonly source: 'agent' | 'inventory'
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
