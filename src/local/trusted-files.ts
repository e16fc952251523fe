import { memoryFolder } from '#core/memory/memory'
import { settingsOf } from '#core/settings/parse-settings'
import { SETTINGS_PATH } from '#core/settings/settings'
import type { SettingsSource, SourceText } from '#core/text/source-text'
import type { TrustedFiles } from '#flow/ports'
import { readEntries } from '#local/local-contents'
import type { PrivateGit } from '#local/private-git'
import { readTree, type TreeEntry } from '#local/read-tree'

/** Files of the memory folder that are read at most. */
const MAX_MEMORY_FILES = 200

/** Trusted files, and what a person should know about those that could not be read. */
export interface TrustedRead {
  readonly trusted: TrustedFiles
  readonly notes: readonly string[]
}

/** Reads settings, agent and memory at the tip of the default branch, whatever is reviewed. */
export async function readTrustedFiles(
  git: PrivateGit,
  commit: string | null,
): Promise<TrustedRead> {
  if (commit === null) {
    return { trusted: { commit, settings: null, agent: null, memory: [] }, notes: [] }
  }
  const tree = await readTree(git, commit, PLACES)
  const first = await readSources(git, tree, [SETTINGS_PATH])
  const [unreadable] = first.refused
  const settings: SettingsSource | null =
    unreadable === undefined
      ? (first.sources[0] ?? null)
      : { path: SETTINGS_PATH, text: '', unreadable: unreadable.because }

  // Unreadable settings are reported by the review; here they only name no other agent.
  const agentName = settingsOf(settings).agent
  const agentPath = `.claude/agents/${agentName}.md`
  const folder = `${memoryFolder(agentName)}/`
  const inMemory = (path: string) => path.startsWith(folder) && path.endsWith('.md')
  const memoryPaths = [...tree.keys()].filter(inMemory).slice(0, MAX_MEMORY_FILES)
  const second = await readSources(git, tree, [agentPath, ...memoryPaths])
  const memory = second.sources.filter(({ path }) => inMemory(path))
  return {
    trusted: {
      commit,
      settings,
      agent: second.sources.find(({ path }) => path === agentPath) ?? null,
      memory: memory.map(({ path, text }) => ({ path: path.slice(folder.length), text })),
    },
    notes: second.refused.map(({ path, because }) => `${path} was not read: ${because}.`),
  }
}

const PLACES = [SETTINGS_PATH, '.claude/agents', '.claude/agent-memory']

interface Refused {
  readonly path: string
  readonly because: string
}

async function readSources(
  git: PrivateGit,
  tree: ReadonlyMap<string, TreeEntry>,
  paths: readonly string[],
): Promise<{ sources: readonly SourceText[]; refused: readonly Refused[] }> {
  const contents = await readEntries(git, tree, paths)
  const sources: SourceText[] = []
  const refused: Refused[] = []
  for (const [path, content] of contents) {
    if (content.kind === 'text') sources.push({ path, text: content.text })
    if (content.kind === 'refused') refused.push({ path, because: content.because })
  }
  return { sources, refused }
}
