import type { FileDiff } from '#core/diff/diff'
import type { Fact, Language } from '#core/facts/fact'
import { languageOf, unreadBecause } from '#core/facts/language'
import type { SecretHit } from '#core/facts/secret-hit'
import type { Claim } from '#core/findings/finding'
import { type Code, codeOf } from '#core/rules/code'
import { candidatesFor, importsOf } from '#core/rules/imports'
import { sortByChange, touchesChange } from '#core/rules/introduced'
import { loggedTypesFor } from '#core/rules/logged-records'
import { modulesMountedIn, mountFilesFor } from '#core/rules/mount-files'
import type { ProviderKnowledge } from '#core/rules/provider-knowledge'
import type { Rule } from '#core/rules/rule'
import { type RuleInput, runRulesInSteps, type Standing } from '#core/rules/run-rules'
import { applySuppressions, type Suppressed } from '#core/rules/suppression'
import type { Settings } from '#core/settings/settings'
import type { SourceText } from '#core/text/source-text'
import { letOthers, letOthersInTime } from '#flow/let-others'
import type { At, Contents, Log, Scan, ScanResult } from '#flow/ports'
import { readSources } from '#flow/read-sources'

/** What the rules are run on. */
export interface RuleCheck {
  /** The selected files of the change. */
  readonly files: readonly FileDiff[]
  /** Their texts at head; a file that could not be read is left out by the caller, and named there. */
  readonly head: readonly SourceText[]
  readonly rules: readonly Rule[]
  readonly providers: ProviderKnowledge
  readonly settings: Settings
  /** Files that the memory names as integration modules: wrappers, shared clients, checks. */
  readonly remembered?: readonly string[]
}

/** What the rules gave. A file in `failed` was not judged, one in `unsupported` cannot be. */
export interface RuleResult {
  readonly claims: readonly Claim[]
  /** Claims that held before the change and that it did not touch. */
  readonly preExisting: readonly Claim[]
  /** Claims of the change that a comment with a reason silences. */
  readonly suppressed: readonly Suppressed[]
  readonly facts: readonly Fact[]
  readonly unsupported: ScanResult['unsupported']
  readonly failed: ScanResult['failed']
}

export interface CheckNeeds {
  readonly scan: Pick<Scan, 'facts' | 'secrets'>
  readonly contents: Pick<Contents, 'read'>
  readonly log: Pick<Log, 'info'>
}

/** Paths that are tried for imported files: one round trip, however large the change. */
const MAX_CANDIDATES = 300
/** Modules of the memory that are read with them. */
const MAX_REMEMBERED = 40

/**
 * Runs the rules on the selected files of a change: facts of the files and of what they import,
 * then judgement, then what the change introduced. Base is only read for files with a claim on
 * lines that the change did not touch.
 */
export async function checkRules(needs: CheckNeeds, input: RuleCheck): Promise<RuleResult> {
  const { judged, unjudged } = byLanguage(input)
  const [scanned, secrets] = await Promise.all([
    needs.scan.facts(judged),
    needs.scan.secrets(input.head),
  ])
  const own = codeOf(judged, scanned.facts)
  const remembered = (input.remembered ?? []).slice(0, MAX_REMEMBERED)
  const around = await importedFiles(needs, own, 'head', remembered)
  const code = joined(around, own, remembered)
  const ruleInput = { ...input, code, secrets: byPath(secrets.hits) }
  const standing = await judge(
    ruleInput,
    input.head.map((file) => file.path),
  )
  const diffs = new Map(input.files.map((file) => [file.path, file]))
  const atBase = await claimsAtBase(needs, input, standing, diffs)
  const { introduced, preExisting } = sortByChange(standing, atBase, diffs)
  const kept = applySuppressions(introduced, code.files)
  const failed = [...scanned.failed, ...secrets.failed]
  needs.log.info(
    { files: scanned.scanned.length, claims: kept.standing.length, failed: failed.length },
    'rules checked',
  )
  return {
    claims: kept.standing,
    preExisting,
    suppressed: kept.suppressed,
    facts: scanned.facts,
    unsupported: [...unjudged, ...scanned.unsupported],
    failed,
  }
}

/** A language that no rule names is said to be unsupported: facts alone are no review. */
function byLanguage({ head, rules }: RuleCheck): {
  readonly judged: readonly SourceText[]
  readonly unjudged: ScanResult['unsupported']
} {
  const languages = new Set<Language | null>(rules.flatMap((rule) => rule.languages))
  const { yes = [], no = [] } = Object.groupBy(head, ({ path }) =>
    languages.has(languageOf(path)) ? 'yes' : 'no',
  )
  return {
    judged: yes,
    unjudged: no.map(({ path }) => ({ path, because: unreadBecause(path) })),
  }
}

function byPath(hits: readonly SecretHit[]): ReadonlyMap<string, readonly SecretHit[]> {
  return Map.groupBy(hits, (hit) => hit.path)
}

/** The files of the repository that the code imports, as far as they exist and were not given. */
async function importedFiles(
  needs: CheckNeeds,
  code: Code,
  at: At,
  remembered: readonly string[],
): Promise<Code> {
  const groups = [...code.files.values()].flatMap((file) => [
    ...importsOf(file).map(({ module }) => candidatesFor(file.path, module, file.language)),
    ...[...mountFilesFor(file), ...loggedTypesFor(file)].map((path) => [path]),
  ])
  const missing = groups.filter((paths) => !paths.some((path) => code.files.has(path)))
  const named = groups.length === 0 ? [] : remembered.filter((path) => !code.files.has(path))
  const wanted = new Set([...named, ...missing.flat()])
  const asked = [...wanted].slice(0, MAX_CANDIDATES)
  if (asked.length === 0) return { files: new Map() }
  const sources = await readSources(needs.contents, asked, at)
  const { facts } = await needs.scan.facts(sources)
  const around = codeOf(sources, facts)
  return joined(await mountedFiles(needs, code, around, at), around, [])
}

/** What the applications and settings at hand put before routes: one round trip, if there is any. */
async function mountedFiles(needs: CheckNeeds, own: Code, around: Code, at: At): Promise<Code> {
  const mounts = new Set([...own.files.values()].flatMap(mountFilesFor))
  const known = (path: string) => around.files.has(path) || own.files.has(path)
  const wanted = [...mounts]
    .flatMap((path) => around.files.get(path) ?? own.files.get(path) ?? [])
    .flatMap(modulesMountedIn)
    .filter((paths) => !paths.some(known))
    .flat()
  const sources = await readSources(needs.contents, wanted.slice(0, MAX_CANDIDATES), at)
  if (sources.length === 0) return { files: new Map() }
  const { facts } = await needs.scan.facts(sources)
  return codeOf(sources, facts)
}

function joined(around: Code, own: Code, remembered: readonly string[]): Code {
  return {
    files: new Map([...around.files, ...own.files]),
    remembered: new Set(remembered),
  }
}

/** The claims that hold at base in files where the change left a claim's lines alone. */
async function claimsAtBase(
  needs: CheckNeeds,
  input: RuleCheck,
  standing: readonly Standing[],
  diffs: ReadonlyMap<string, FileDiff>,
): Promise<readonly Claim[]> {
  const headPaths = new Map<string, string>()
  for (const { claim } of standing) {
    const diff = diffs.get(claim.path)
    if (touchesChange(claim, diffs) || diff?.change === 'added') continue
    headPaths.set(diff?.previousPath ?? claim.path, claim.path)
  }
  if (headPaths.size === 0) return []
  const sources = await readSources(needs.contents, [...headPaths.keys()], 'base')
  const [{ facts }, { hits }] = await Promise.all([
    needs.scan.facts(sources),
    needs.scan.secrets(sources),
  ])
  const own = codeOf(sources, facts)
  const remembered = (input.remembered ?? []).slice(0, MAX_REMEMBERED)
  const around = await importedFiles(needs, own, 'base', remembered)
  const code = joined(around, own, remembered)
  const ruleInput: RuleInput = { ...input, code, secrets: byPath(hits) }
  const standingAtBase = await judge(ruleInput, [...own.files.keys()])
  return standingAtBase.map(({ claim }) => ({
    ...claim,
    path: headPaths.get(claim.path) ?? claim.path,
  }))
}

/** In short turns, so that neither many files nor a long one keep a server from answering others. */
async function judge(input: RuleInput, paths: readonly string[]): Promise<readonly Standing[]> {
  const standing: Standing[] = []
  const pause = letOthersInTime()
  for (const path of paths) {
    const steps = runRulesInSteps(input, path)
    let step = steps.next()
    while (!step.done) {
      const others = pause()
      if (others !== undefined) await others
      step = steps.next()
    }
    standing.push(...step.value)
    await letOthers()
  }
  return standing
}
