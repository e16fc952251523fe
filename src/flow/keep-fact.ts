import { admitLearning, type Refusal } from '#core/memory/admit-learning'
import { readDecision } from '#core/memory/decision'
import type { Learning } from '#core/memory/memory'
import { entryId } from '#core/memory/memory-entry'
import { planLearnings } from '#core/memory/plan-learnings'
import type { PlannedLearning } from '#core/plan/plan'
import { Problem } from '#core/problem'
import type { Kept } from '#core/render/memory-answers'
import type { AnswerNeeds, Asked, CommandJob } from '#flow/answering'
import type { MemoryChange } from '#flow/commit-memory'
import type { Contents } from '#flow/ports'
import { type MemoryWrite, writeMemory } from '#flow/write-memory'

/** What became of a fact that a maintainer gave. */
export type KeptFact =
  | { readonly ok: true; readonly id: string; readonly text: string; readonly kept: Kept }
  | { readonly ok: false; readonly refusal: Refusal }

const MAINTAINER = { mayWrite: true, fork: false }

/**
 * Takes a maintainer's fact through the gate and writes it: at once where its line stands on the
 * default branch or it cites none, else when the pull request merges.
 */
export async function keepFact(
  needs: AnswerNeeds,
  { job, pull }: Pick<Asked, 'job' | 'pull'>,
  fact: Learning,
): Promise<KeptFact> {
  const learning = { ...fact, author: job.login }
  const read = admitLearning(learning)
  if (!read.ok) return { ok: false, refusal: read }
  const paths = learning.citation === null ? [] : [learning.citation.path]
  const { contents } = paths.length === 0 ? NOWHERE : await pull.reader.changes().snapshot()
  const { planned, refused } = planLearnings({
    learnings: [learning],
    reviewed: await textsAt(contents, paths, 'head'),
    tip: await textsAt(contents, paths, 'tip'),
    author: MAINTAINER,
  })
  const [first] = planned
  // Words about the repository as a whole have no line that could be missing.
  const whole = first?.citation === null && readDecision(first.text) === null
  const one = whole ? { ...first, when: 'now' as const } : first
  if (one === undefined) return { ok: false, refusal: refused[0] ?? NO_FACT }
  return {
    ok: true,
    id: entryId(one.text),
    text: one.text,
    kept: await keep(needs, { job, pull }, one),
  }
}

const NOWHERE = {
  contents: { read: async () => new Map(), list: async () => ({ paths: [], complete: true }) },
}
const NO_FACT: Refusal = { reason: 'empty', detail: 'there are no words' }

async function textsAt(
  contents: Contents,
  paths: readonly string[],
  at: 'head' | 'tip',
): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map()
  const read = await contents.read(paths, at)
  return new Map(
    [...read].flatMap(([path, content]) => (content.kind === 'text' ? [[path, content.text]] : [])),
  )
}

async function keep(
  needs: AnswerNeeds,
  { job, pull }: Pick<Asked, 'job' | 'pull'>,
  learning: PlannedLearning,
): Promise<Kept> {
  const pending = needs.memory.pending(job)
  if (learning.when !== 'now') {
    await pending.add(trailerOf(job), [{ ...learning, when: 'at-merge' }])
    return { kind: 'at-merge' }
  }
  const result = await writeAs(needs, { job, pull }, { learnings: [learning] })
  switch (result.kind) {
    case 'committed':
      return 'proposal' in result
        ? { kind: 'proposed', pull: result.proposal }
        : { kind: 'written', file: `${learning.topic}.md` }
    case 'unchanged':
      return { kind: 'known' }
    default: {
      await pending.add(trailerOf(job), [{ ...learning, when: 'branch' }])
      if (result.kind === 'postponed') await needs.memory.writeLater(job)
      return {
        kind: 'later',
        because:
          result.kind === 'refused' ? result.because : 'at most two commits a minute are made',
      }
    }
  }
}

/** Takes an entry out; a branch that is paced is waited for. */
export async function takeOut(
  needs: AnswerNeeds,
  asked: Pick<Asked, 'job' | 'pull'>,
  id: string,
): Promise<MemoryWrite> {
  const result = await writeAs(needs, asked, { learnings: [], forget: [id] })
  if (result.kind !== 'postponed') return result
  const { delayMs: retryAfterMs } = result
  throw new Problem('memory.paced', 'retry', 'the memory is written at most twice a minute', {
    retryAfterMs,
  })
}

function writeAs(
  needs: AnswerNeeds,
  { job, pull }: Pick<Asked, 'job' | 'pull'>,
  change: Pick<MemoryChange, 'learnings' | 'forget'>,
): Promise<MemoryWrite> {
  const { clock, memory, agent } = needs
  return writeMemory(
    { home: pull.memoryHome, clock, random: memory.random },
    {
      ...change,
      ...{ agent: agent.header.name, pull: job.issue, trailer: trailerOf(job), edits: [] },
    },
  )
}

function trailerOf({ surface, commentId }: CommandJob): string {
  return `Tech-Lead-Command: ${surface}-${commentId}`
}
