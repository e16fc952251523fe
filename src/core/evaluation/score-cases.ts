import type { Defect, LabelledCase } from '#core/evaluation/case'
import type { Claim } from '#core/findings/finding'

/** What came of one case. */
export interface Outcome {
  readonly of: LabelledCase
  /** Defects and the claim that found each; null for one that was missed. */
  readonly defects: readonly { readonly defect: Defect; readonly claim: Claim | null }[]
  /** Claims that no label confirms. */
  readonly wrong: readonly Claim[]
  /** Files that could not be judged. */
  readonly unread: readonly string[]
}

/** Precision and recall over some cases; null where nothing was found or nothing was there. */
export interface Score {
  readonly name: string
  readonly found: number
  readonly missed: number
  readonly wrong: number
  readonly precision: number | null
  readonly recall: number | null
}

/** All that is said of a set of cases. */
export interface CaseScores {
  readonly cases: number
  /** Look-alikes without a defect, and how many of them stayed without a claim. */
  readonly clean: number
  readonly silent: number
  readonly whole: Score
  readonly classes: readonly Score[]
  readonly languages: readonly Score[]
  readonly rules: readonly Score[]
}

/** Holds the claims of one case against its labels: same class, same file, lines that meet. */
export function outcomeOf(
  of: LabelledCase,
  claims: readonly Claim[],
  unread: readonly string[],
): Outcome {
  const { defects, also } = of.expected
  return {
    of,
    defects: defects.map((defect) => ({
      defect,
      claim: claims.find((claim) => confirms(defect, claim)) ?? null,
    })),
    wrong: claims.filter((claim) => ![...defects, ...also].some((one) => confirms(one, claim))),
    unread,
  }
}

function confirms({ class: kind, path, lines }: Defect, claim: Claim): boolean {
  return (
    claim.class === kind &&
    claim.path === path &&
    claim.startLine <= lines[1] &&
    claim.line >= lines[0]
  )
}

/** One line for each thing that was found, missed or claimed wrongly. */
interface Mark {
  readonly kind: 'found' | 'missed' | 'wrong'
  readonly class: string
  readonly language: string
  readonly rule: string
}

export function scoreCases(outcomes: readonly Outcome[]): CaseScores {
  const marks = outcomes.flatMap(marksOf)
  const clean = outcomes.filter(({ of }) => of.expected.defects.length === 0)
  return {
    cases: outcomes.length,
    clean: clean.length,
    silent: clean.filter(({ wrong }) => wrong.length === 0).length,
    whole: scoreOf('all', marks),
    classes: scoresBy(marks, (mark) => mark.class),
    languages: scoresBy(marks, (mark) => mark.language),
    // No rule answers for what none of them found.
    rules: scoresBy(
      marks.filter(({ kind }) => kind !== 'missed'),
      (mark) => mark.rule,
    ),
  }
}

function marksOf({ of, defects, wrong }: Outcome): readonly Mark[] {
  const { language } = of.expected
  return [
    ...defects.map(
      ({ defect, claim }): Mark => ({
        kind: claim === null ? 'missed' : 'found',
        class: defect.class,
        language,
        rule: claim?.rule ?? '',
      }),
    ),
    ...wrong.map(
      (claim): Mark => ({ kind: 'wrong', class: claim.class, language, rule: claim.rule ?? '' }),
    ),
  ]
}

function scoresBy(marks: readonly Mark[], key: (mark: Mark) => string): readonly Score[] {
  return [...Map.groupBy(marks, key)]
    .map(([name, some]) => scoreOf(name, some))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function scoreOf(name: string, marks: readonly Mark[]): Score {
  const count = (kind: Mark['kind']) => marks.filter((mark) => mark.kind === kind).length
  const [found, missed, wrong] = [count('found'), count('missed'), count('wrong')]
  const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole)
  return {
    name,
    found,
    missed,
    wrong,
    precision: ratio(found, found + wrong),
    recall: ratio(found, found + missed),
  }
}
