import type { FoundPlace } from '#core/inventory/found-place'
import type { Catalog } from '#core/providers/catalog'
import { type CodeFile, factsOf } from '#core/rules/code'
import { splitLines } from '#core/text/lines'
import type { SourceText } from '#core/text/source-text'

/** A name of the environment or the configuration that belongs to a provider. */
export interface FoundKey extends FoundPlace {
  readonly provider: string
  readonly name: string
}

/** `STRIPE_SECRET=` in a sample, with `export` or without. */
const SAMPLE_LINE = /^\s*(?:export\s+)?([A-Z][A-Z0-9_]{2,80})\s*=/
const PLAIN = /^[A-Za-z][\w.:-]{2,120}$/

/** The keys that code reads and that belong to a known provider. */
export function keysInCode(file: CodeFile, catalog: Catalog): readonly FoundKey[] {
  return factsOf(file, 'environment-key').flatMap((fact) => {
    const name = (fact.captures['name'] ?? '')
      .replace(/^["'`$]*\{?|["'`}]*$/g, '')
      .replace(/:$/, '')
    const provider = PLAIN.test(name) ? ownerOf(name, catalog) : null
    return provider === null ? [] : [{ provider, name, path: file.path, line: fact.line }]
  })
}

/** The keys that a sample of the environment lists. */
export function keysInSample({ path, text }: SourceText, catalog: Catalog): readonly FoundKey[] {
  return splitLines(text).flatMap((written, index) => {
    const name = SAMPLE_LINE.exec(written)?.[1]
    const provider = name === undefined ? null : catalog.byEnv(name)
    return name === undefined || provider === null
      ? []
      : [{ provider, name, path, line: index + 1 }]
  })
}

/** `STRIPE_KEY` by its pattern; `services.stripe.key` and `Stripe:ApiKey` by the name within. */
function ownerOf(name: string, catalog: Catalog): string | null {
  const known = catalog.byEnv(name)
  if (known !== null || !/[.:]/.test(name)) return known
  return name
    .split(/[.:]/)
    .reduce<string | null>((found, part) => found ?? catalog.byName(part), null)
}
