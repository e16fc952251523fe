import type { Language } from '#core/facts/fact'
import type { Ending } from '#core/providers/provider'

/**
 * What rules need to know about a third-party platform. Null means unknown: a fact that expired or
 * that nobody wrote down. A rule that needs an unknown fact stays silent.
 */
export interface ProviderFacts {
  readonly id: string
  /** As people write it: `Stripe`. */
  readonly name: string
  readonly signsWebhooks: boolean | null
  /** The header that carries the signature, lower case. */
  readonly signatureHeader: string | null
  /** Functions of its SDKs that verify a webhook, by their last name: `constructEvent`. */
  readonly verifyHelpers: readonly string[]
  /** How old a signed webhook may be, as its documentation recommends; null also where there is no timestamp. */
  readonly toleranceSeconds: number | null
  /** The header that makes a repeated request harmless, lower case. */
  readonly idempotencyHeader: string | null
  /** What its SDKs wait by default, in milliseconds. */
  readonly sdkDefaultTimeoutMs: number | null
  /** Interfaces that it has turned off. */
  readonly endings: readonly Ending[]
}

/** Lookups in the provider packs. Every answer may be null: then nothing is known. */
export interface ProviderKnowledge {
  /** Those that have turned something off. */
  withEndings(): readonly ProviderFacts[]
  byId(id: string): ProviderFacts | null
  /** By the package of TypeScript or Python: `stripe`, `@slack/web-api`. */
  byPackage(name: string): ProviderFacts | null
  /** By what an import of a language names: `com.stripe.Stripe`, `github.com/stripe/stripe-go/v76`. */
  byImport(language: Language, module: string): ProviderFacts | null
  /** By the host of a URL, lower case, without port. */
  byHost(host: string): ProviderFacts | null
  /** By a word as it stands in a path or a function's name, lower case: `stripe`. */
  byWord(word: string): ProviderFacts | null
  /** By a request header, lower case: `stripe-signature`. */
  byHeader(header: string): ProviderFacts | null
}
