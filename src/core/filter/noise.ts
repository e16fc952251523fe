import picomatch from 'picomatch'

/** Says why a file is noise, or null when it is not. */
export type Noise = (
  path: string,
) => { readonly signal: 'generated' | 'vendored'; readonly detail: string } | null

const GENERATED =
  /(^|\/)(generated|__generated__|gen|\.next|\.nuxt|dist|build\/(?:js|css|static)|target\/generated[\w-]*|obj|pb|build\/assets)\/|\.(?:pb\.go|pb\.\w+|pb\.gw\.go|gen\.(?:go|ts|tsx|js|py|rb)|generated\.\w+|g\.dart|freezed\.dart|min\.js|min\.css|bundle\.js|designer\.cs)$|_pb2(?:_grpc)?\.pyi?$|_pb\.(?:js|d\.ts|rb)$|(^|\/)(?:zz_generated|mock_)[\w.]*\.go$|_gen\.go$|_generated\.(?:go|ts|rs)$|\.snap$|(^|\/)docs\/docs\.go$/
const VENDORED =
  /(^|\/)(node_modules|vendor|bower_components|third[-_]party|external\/vendor|Pods|Carthage|\.yarn|\.cargo|venv|\.venv|site-packages|jspm_packages)\//
/** Rails and Symfony keep code of their own under `vendor`-like names rarely enough to ignore it. */

const MAX_RULES = 500
const MAX_PATTERN = 300

interface AttributeRule {
  readonly matches: (path: string) => boolean
  readonly attribute: 'generated' | 'vendored'
  readonly set: boolean
}

/**
 * Noise by the usual patterns and by the `linguist-generated` and `linguist-vendored` attributes
 * of the base's `.gitattributes`; the last matching line wins, as in git, and may also free a file.
 * Must be given the base's text: a pull request could hide its own files.
 *
 * @param copied beginnings of the paths of copied libraries, as the base proves them
 */
export function createNoise(attributes: string, copied: readonly string[] = []): Noise {
  const rules = attributes.split('\n').slice(0, 5_000).flatMap(rulesOn).slice(0, MAX_RULES)
  const stated = (path: string, attribute: AttributeRule['attribute']) =>
    rules.findLast((rule) => rule.attribute === attribute && rule.matches(path))?.set
  return (path) => {
    const generated = stated(path, 'generated')
    if (generated === true) return { signal: 'generated', detail: 'linguist-generated at base' }
    const vendored = stated(path, 'vendored')
    if (vendored === true) return { signal: 'vendored', detail: 'linguist-vendored at base' }
    if (vendored === undefined && VENDORED.test(path)) {
      return { signal: 'vendored', detail: 'a folder of other people’s code' }
    }
    if (vendored === undefined && copied.some((prefix) => path.startsWith(prefix))) {
      return { signal: 'vendored', detail: 'a copied library, as the base says' }
    }
    if (generated === undefined && GENERATED.test(path)) {
      return { signal: 'generated', detail: 'a name that generators give' }
    }
    return null
  }
}

function rulesOn(line: string): readonly AttributeRule[] {
  const [pattern, ...attributes] = line.trim().split(/\s+/)
  if (!pattern || pattern.startsWith('#') || pattern.length > MAX_PATTERN) return []
  const found = attributes.flatMap((text) => {
    const match = /^(-?)linguist-(generated|vendored)(?:=(true|false))?$/.exec(text)
    if (!match) return []
    const attribute = match[2] === 'generated' ? ('generated' as const) : ('vendored' as const)
    return [{ attribute, set: match[1] !== '-' && match[3] !== 'false' }]
  })
  if (found.length === 0) return []
  const matches = picomatch(globOf(pattern), { dot: true, nonegate: true, noextglob: true })
  return found.map((rule) => ({ ...rule, matches: (path: string) => matches(path) }))
}

/** A pattern without a slash matches at any depth; one with a slash starts at the root. */
function globOf(pattern: string): string {
  const rooted = pattern.replace(/^\//, '')
  return pattern.includes('/') ? rooted : `**/${rooted}`
}
