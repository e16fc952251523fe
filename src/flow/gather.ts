import type { Agent } from '#core/agent/agent'
import { parseAgent } from '#core/agent/parse-agent'
import { type LoadedMemory, loadMemory } from '#core/memory/load-memory'
import { memoryFolder } from '#core/memory/memory'
import { type Complaint, complaintLine } from '#core/problem'
import { parseSettings, settingsOf } from '#core/settings/parse-settings'
import type { Settings } from '#core/settings/settings'
import { type Knowledge, withOwnPacks } from '#flow/knowledge'
import type { Changes, Snapshot, TrustedFiles } from '#flow/ports'

/** What the default branch says about reviews, read as far as it can be read. */
export interface Trusted {
  readonly settings: Settings
  readonly agent: Agent
  readonly memory: LoadedMemory
  /** What was wrong with it, a line each. The review goes on with what could be read. */
  readonly notes: readonly string[]
  /** What was wrong with the settings and what they name, for annotations. */
  readonly complaints: readonly Complaint[]
}

/** One change with everything that was read about it: made once, afterwards only read. */
export interface Gathered extends Trusted {
  readonly snapshot: Snapshot
  /** What this installation knows, with the provider packs of the repository. */
  readonly knowledge: Knowledge
}

/** What this installation brings to every repository. */
export interface Shipped {
  /** For repositories without their own. */
  readonly agent: Agent
  readonly knowledge: Knowledge
}

/** Reads the change, pinned to one head, and what the default branch says about reviews. */
export async function gather(changes: Changes, shipped: Shipped): Promise<Gathered> {
  const snapshot = await changes.snapshot()
  const trusted = readTrusted(snapshot.trusted, shipped.agent)
  const own = await withOwnPacks(shipped.knowledge, trusted.settings, snapshot)
  return {
    ...trusted,
    ...{ snapshot, knowledge: own.knowledge },
    complaints: [...trusted.complaints, ...own.complaints],
    notes: [
      ...(snapshot.notes ?? []),
      ...trusted.notes,
      ...said('this provider pack is not used', own.complaints),
    ],
  }
}

/**
 * Reads settings, agent and memory of a repository. What cannot be read is replaced by the
 * defaults and named, with file and line.
 *
 * @param ownAgent the agent that this installation ships, for repositories without their own
 */
export function readTrusted(files: TrustedFiles, ownAgent: Agent): Trusted {
  const settings = files.settings === null ? null : parseSettings(files.settings)
  const agent = files.agent === null ? null : parseAgent(files.agent)
  const memory = loadMemory(files.memory)
  const complaints = settings?.ok === false ? settings.complaints : []
  const usable = settingsOf(files.settings)
  const folder = memoryFolder(usable.agent)
  return {
    settings: usable,
    agent: agent?.ok === true ? agent.value : ownAgent,
    memory,
    complaints,
    notes: [
      ...said(
        usable.model.mode === 'off'
          ? 'the default settings are used, and no model is asked'
          : 'the default settings are used',
        complaints,
      ),
      ...said(
        `the agent that comes with the app is used`,
        agent?.ok === false ? agent.complaints : [],
      ),
      // Each warning says itself what became of the text.
      ...memory.warnings.map((one) => complaintLine({ ...one, file: `${folder}/${one.file}` })),
    ],
  }
}

function said(consequence: string, complaints: readonly Complaint[]): readonly string[] {
  return complaints.map((complaint) => `${complaintLine(complaint)}; ${consequence}`)
}
