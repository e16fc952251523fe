import type { FileDiff } from '#core/diff/diff'
import { diffTexts } from '#core/diff/diff-texts'
import type { LabelledCase } from '#core/evaluation/case'
import { type Outcome, outcomeOf } from '#core/evaluation/score-cases'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import type { SourceText } from '#core/text/source-text'
import { judgeChange } from '#flow/judge-change'
import type { Knowledge } from '#flow/knowledge'
import type { Contents, FileContent, Scan } from '#flow/ports'

type Scanner = Pick<Scan, 'facts' | 'secrets'>

/**
 * Runs the rules on labelled changes, as a review does, and holds their claims against them. All
 * texts are scanned at once: starting the scanner for each case would take most of the time.
 */
export async function evaluateCases(
  scan: Scanner,
  knowledge: Knowledge,
  cases: readonly LabelledCase[],
): Promise<readonly Outcome[]> {
  const scanned = await scanOnce(
    scan,
    cases.flatMap(({ base, head }) => [...base, ...head]),
  )
  const outcomes: Outcome[] = []
  for (const of of cases) {
    const files = changedFiles(of)
    const changed = new Set(files.map(({ path }) => path))
    const { catalog } = knowledge
    const needs = { scan: scanned, contents: contentsOf(of), log: { info() {} }, catalog }
    const { ruled } = await judgeChange(needs, {
      ...knowledge,
      files,
      changed: files,
      head: of.head.filter(({ path }) => changed.has(path)),
      settings: DEFAULT_SETTINGS,
    })
    const { claims, failed } = ruled
    const unread = failed.map(({ path, because }) => `${path}: ${because}`)
    outcomes.push(outcomeOf(of, claims, unread))
  }
  return outcomes
}

const keyOf = ({ path, text }: SourceText) => `${path}\n${text}`

/** A scanner that has read these texts already and answers for no others. */
async function scanOnce(scan: Scanner, sources: readonly SourceText[]): Promise<Scanner> {
  const distinct = [...new Map(sources.map((source) => [keyOf(source), source])).values()]
  const places = new Map(
    distinct.map((source, index) => [keyOf(source), `${index}/${source.path}`]),
  )
  const moved = distinct.map((source) => ({ ...source, path: places.get(keyOf(source)) ?? '' }))
  const [forRules, forMatrix, secrets] = await Promise.all([
    scan.facts(moved),
    scan.facts(moved, 'matrix'),
    scan.secrets(moved),
  ])
  const answered = <T extends { readonly path: string }>(
    found: readonly T[],
    asked: readonly SourceText[],
  ): T[] => {
    const paths = new Map(asked.map((source) => [places.get(keyOf(source)), source.path]))
    return found.flatMap((one) => {
      const path = paths.get(one.path)
      return path === undefined ? [] : [{ ...one, path }]
    })
  }
  return {
    facts: async (asked, use) => {
      const { facts, failed, unsupported } = use === 'matrix' ? forMatrix : forRules
      return {
        facts: answered(facts, asked),
        scanned: asked.map(({ path }) => path),
        failed: answered(failed, asked),
        unsupported: answered(unsupported, asked),
      }
    },
    secrets: async (asked) => ({
      hits: answered(secrets.hits, asked),
      failed: answered(secrets.failed, asked),
    }),
  }
}

function changedFiles({ base, head }: LabelledCase): readonly FileDiff[] {
  const before = new Map(base.map(({ path, text }) => [path, text]))
  return head
    .filter(({ path, text }) => before.get(path) !== text)
    .map(({ path, text }) => diffTexts(path, before.get(path) ?? null, text))
}

function contentsOf({ base, head }: LabelledCase): Contents {
  const sides: Readonly<Record<string, readonly SourceText[]>> = { base, head }
  return {
    list: async (at) => ({
      paths: (sides[at] ?? []).map(({ path }) => path).toSorted(),
      complete: true,
    }),
    read: async (paths, at) => {
      const texts = new Map((sides[at] ?? []).map(({ path, text }) => [path, text]))
      return new Map(
        paths.map((path): [string, FileContent] => {
          const text = texts.get(path)
          return [path, text === undefined ? { kind: 'missing' } : { kind: 'text', text }]
        }),
      )
    },
  }
}
