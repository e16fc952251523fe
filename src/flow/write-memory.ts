import { Problem } from '#core/problem'
import { parseSettings } from '#core/settings/parse-settings'
import { DEFAULT_SETTINGS, type Settings } from '#core/settings/settings'
import type { SourceText } from '#core/text/source-text'
import {
  type CommitNeeds,
  commitMemory,
  type MemoryChange,
  type MemoryCommit,
} from '#flow/commit-memory'
import type { MemoryHome } from '#flow/pull-request-port'

/** `proposed`: it is on the branch of the rolling pull request of this number. */
export type MemoryWrite =
  | MemoryCommit
  | (Extract<MemoryCommit, { kind: 'committed' | 'unchanged' }> & { readonly proposal: number })

/**
 * Writes a change where the repository takes it: on the default branch; else, or where the settings
 * ask for it, on the branch of the one rolling pull request; else nowhere, and says why. While the
 * app's introduction is open, that takes it: two branches that begin the same files would conflict.
 * Only a commit to the default branch may tell CI to skip it: a proposal's checks are waited for.
 * Nothing is forced, and no rule is worked around.
 */
export async function writeMemory(
  needs: CommitNeeds & { readonly home: () => Promise<MemoryHome> },
  change: MemoryChange,
): Promise<MemoryWrite> {
  let refused: MemoryCommit | null = null
  try {
    const home = await needs.home()
    const { mode, skip_ci: skipCi } = memorySettings((await home.tip()).settings)
    if (mode === 'off') return notWritten('the settings switch memory off')
    if (mode === 'auto' && !(await home.isIntroducing())) {
      const direct = await commitMemory({ ...needs, skipCi }, home, change)
      if (direct.kind !== 'refused' || !direct.byBranch) return direct
      refused = direct
    }
    const proposed = await propose(needs, home, change)
    // What the default branch said is the reason that a person can do something about.
    return proposed.kind === 'refused' ? (refused ?? proposed) : proposed
  } catch (failure) {
    const isOurs = failure instanceof Problem && failure.code === 'run.lease-lost'
    if (!(failure instanceof Problem) || failure.kind !== 'told' || isOurs) throw failure
    return refused ?? notWritten(failure.message)
  }
}

function notWritten(because: string): MemoryWrite {
  return { kind: 'refused', because, byBranch: true, gone: [], deferred: [] }
}

function memorySettings(settings: SourceText | null): Settings['memory'] {
  const read = settings === null ? null : parseSettings(settings)
  return (read?.ok === true ? read.value : DEFAULT_SETTINGS).memory
}

async function propose(
  needs: CommitNeeds,
  home: MemoryHome,
  change: MemoryChange,
): Promise<MemoryWrite> {
  return home.rolling(async (branch) => {
    const written = await commitMemory(needs, branch, change)
    if (written.kind !== 'committed') return written
    const proposal = await branch.propose(PROPOSAL)
    return { ...written, proposal }
  })
}

/** The same words for every proposal: nothing in them is a person's or a model's. */
const PROPOSAL = {
  title: 'docs(memory): what the reviews learned',
  body: [
    'The default branch takes no direct commits to the memory folder, so what reviews learn about',
    'this repository is collected here. Edit it freely: your words are kept, and what you delete is',
    'not learned again. Merge it when it suits you; close it, and what it holds is dropped.',
  ].join('\n'),
}
