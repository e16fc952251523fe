import type { Span } from '#core/facts/fact'
import type { SecretHit } from '#core/facts/secret-hit'
import type { Code, CodeFile } from '#core/rules/code'
import type { ProviderFacts, ProviderKnowledge } from '#core/rules/provider-knowledge'

/** What a judgement may look at: one file, the files around it, and what is known of providers. */
export interface View {
  readonly file: CodeFile
  readonly code: Code
  readonly providers: ProviderKnowledge
  /** Secrets that were found in this file. */
  readonly secrets: readonly SecretHit[]
}

/** Something that a judgement found: where, in whose function, and the names for the sentences. */
export interface Observation {
  readonly line: number
  readonly endLine: number
  /** The function or handler it is in; its range bounds where a comment may be put instead. */
  readonly symbol: string | null
  readonly range: Pick<Span, 'line' | 'endLine'>
  readonly provider: ProviderFacts | null
  /** Values for the placeholders of the rule's sentences, as they stand in the code. */
  readonly names: Readonly<Record<string, string>>
  /** Further lines that show it, in this file or another one. */
  readonly evidence: readonly { readonly path: string; readonly line: number }[]
}

/** Joins facts to observations. It must be silent about everything that is uncertain. */
export interface Judgement {
  /** The placeholders that it fills. */
  readonly names: readonly string[]
  /** Null after each place that it looked at, so that whoever answers others can stop there. */
  judge(view: View): Iterable<Observation | null>
}

/** What is observed at each of these places, in steps of one. */
export function* atEach<Place>(
  places: Iterable<Place>,
  look: (place: Place) => readonly Observation[],
): Generator<Observation | null> {
  for (const place of places) {
    yield* look(place)
    yield null
  }
}
