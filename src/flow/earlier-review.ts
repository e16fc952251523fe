import type { Agent } from '#core/agent/agent'
import type { FileDiff } from '#core/diff/diff'
import { type Carried, carryForward } from '#core/findings/carry-forward'
import type { Claim } from '#core/findings/finding'
import { type FirstPaths, firstPaths } from '#core/findings/first-paths'
import { homesOf } from '#core/inventory/repository-modules'
import type { CarriedState, Plan } from '#core/plan/plan'
import type { Report } from '#core/report/report'
import type { Code } from '#core/rules/code'
import { importsOf } from '#core/rules/imports'
import type { Settings } from '#core/settings/settings'
import { splitLines } from '#core/text/lines'
import { shortHash } from '#core/text/short-hash'
import type { AgentOutcome } from '#flow/ask-agent'
import type { Scope } from '#flow/select'

/** The review of the head before this one, as far as this one goes on from it. */
export interface Earlier {
  readonly report: Report
  readonly state: CarriedState
}

export function earlierOf(plan: Plan | null): Earlier | null {
  return plan === null ? null : { report: plan.report, state: plan.carried }
}

/** What a review is made with; another one looks at everything anew. */
interface Terms {
  readonly agent: Agent
  readonly model: string
  readonly settings: Settings
  readonly tool: Report['tool']
}

const DIGEST_DIGITS = 24

/** Changes when the same files could be judged otherwise. The memory is left out: each review writes it. */
export function termsKey({ agent, model, settings, tool }: Terms): string {
  const { rules, instructions, path_instructions: paths } = settings
  const told = JSON.stringify([rules, instructions, paths])
  return shortHash([model, agent.body, told, tool.version], DIGEST_DIGITS)
}

/**
 * A digest for each selected file: of its diff and of the repository's files that it imports, so that
 * a protection that is taken away elsewhere makes it another file.
 */
export function digestsOf({ files, head }: Scope, code: Code): ReadonlyMap<string, string> {
  const texts = new Map(head.map(({ path, text }) => [path, text]))
  return new Map(files.map((file) => [file.path, digestOf(file, code, texts)]))
}

function digestOf(file: FileDiff, code: Code, texts: ReadonlyMap<string, string>): string {
  const own = code.files.get(file.path)
  const homes = (own === undefined ? [] : importsOf(own)).flatMap(({ module }) =>
    own === undefined ? [] : homesOf(own.path, module, own.language),
  )
  const imported = [...new Set(homes)].flatMap((path) => {
    const text = texts.get(path) ?? code.files.get(path)?.text
    return text === undefined ? [] : [path, text]
  })
  const lines = file.hunks.flatMap((hunk) => [...hunk.lines, '@@'])
  return shortHash([file.change, ...lines, ...imported], DIGEST_DIGITS)
}

/**
 * The selected files that have to be judged again. Any doubt widens it: without an earlier review by
 * the agent on the same terms it is all of them, and what belongs together is looked at together.
 */
export function filesToJudge(
  earlier: Earlier | null,
  scope: Scope,
  now: { readonly key: string; readonly digests: ReadonlyMap<string, string> },
): ReadonlySet<string> {
  const all = new Set(scope.files.map(({ path }) => path))
  if (earlier === null || earlier.report.reviewer !== 'claude' || earlier.state.key !== now.key) {
    return all
  }
  const reviewed = new Set(
    earlier.report.files.flatMap(({ path, coverage }) => (coverage === 'reviewed' ? [path] : [])),
  )
  const isSame = (path: string) =>
    reviewed.has(path) && earlier.state.digests[path] === now.digests.get(path)
  const again = new Set([...all].filter((path) => !isSame(path)))
  for (const { files } of scope.bundles) {
    const paths = files.map(({ path }) => path)
    if (paths.some((path) => again.has(path))) for (const path of paths) again.add(path)
  }
  return again
}

/** What is needed to go on from an earlier review once the agent has spoken. */
interface GoingOn {
  readonly scope: Scope
  readonly code: Code
  readonly answered: Extract<AgentOutcome, { kind: 'answered' }> | null
}

/** Where each file was first seen, and the agent's claims with those of earlier that still stand. */
export function goOn(
  earlier: Earlier | null,
  claims: readonly Claim[],
  { scope, code, answered }: GoingOn,
): Carried & { readonly firstPaths: FirstPaths } {
  if (earlier === null) return { claims, firstPaths: new Map(), ids: new Map() }
  const texts = new Map(scope.head.map(({ path, text }) => [path, splitLines(text)]))
  const linesOf = (path: string) => texts.get(path) ?? code.files.get(path)?.lines ?? null
  const { findings } = earlier.report
  const first = firstPaths({
    ...{ files: scope.files, findings, linesOf },
    before: new Map(Object.entries(earlier.state.firstPaths)),
    seen: new Set(earlier.report.files.map(({ path }) => path)),
  })
  const carried = carryForward({
    ...{ earlier: findings, claims, files: scope.files, firstPaths: first, linesOf },
    isJudged: (path) => answered?.coverage.get(path)?.coverage === 'reviewed',
    mended: new Set(answered?.mended.map(({ finding }) => finding)),
  })
  return { ...carried, firstPaths: first }
}
