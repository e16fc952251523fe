import type { FoundPlace } from '#core/inventory/found-place'
import type { Names } from '#core/inventory/names'
import type { Catalog } from '#core/providers/catalog'
import type { CodeFile } from '#core/rules/code'

/** A version of a provider's API that code asks for. */
export interface FoundVersion extends FoundPlace {
  readonly provider: string
  readonly version: string
}

const OPTION = /\b(?:api_?version|stripe_?version)["']?\s*(?::|=>|=)\s*["']([\w.-]{1,40})["']/gi
const HEADER =
  /["'`]([A-Z][A-Za-z]+(?:-[A-Za-z]+)*-Version)["'`]\s*(?::|,|=>|\]\s*=|=)\s*["'`]([\w.-]{1,40})["'`]/g

/** More versions in one file are data. */
const MAX_VERSIONS = 20

/** The versions that a file pins: as an option of its only provider's client, or as a header. */
export function versionsIn(
  file: CodeFile,
  names: Names,
  catalog: Catalog,
): readonly FoundVersion[] {
  const providers = new Set(
    names.bound.flatMap(({ party }) => (party.kind === 'provider' ? [party.id] : [])),
  )
  const [only] = providers
  const options =
    providers.size === 1 && only !== undefined
      ? matchesOf(file, OPTION).map((match) => found(file, match.index, only, match[1] ?? ''))
      : []
  const headers = matchesOf(file, HEADER).flatMap((match) => {
    const owner = catalog.byHeader(match[1] ?? '')
    return owner === null ? [] : [found(file, match.index, owner, match[2] ?? '')]
  })
  return [...options, ...headers].slice(0, MAX_VERSIONS)
}

/** The first matches: each is given its line, which costs the text before it. */
const matchesOf = (file: CodeFile, pattern: RegExp) =>
  [...file.text.matchAll(pattern)].slice(0, MAX_VERSIONS)

function found(file: CodeFile, index: number, provider: string, version: string): FoundVersion {
  const line = file.text.slice(0, index).split('\n').length
  return { provider, version, path: file.path, line }
}
