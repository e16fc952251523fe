import { importsOn } from '#core/filter/read-imports'
import type { PartyOf } from '#core/inventory/party'
import type { Catalog } from '#core/providers/catalog'
import type { ImportLanguage } from '#core/providers/provider'

/** Calls that need no import, and words of routes that other systems call. */
const UNIMPORTED =
  /\bfetch\s*\(|\bcurl_(?:init|exec)\b|\bwp_(?:safe_)?remote_|\bfile_get_contents\s*\(|\burlopen\b|\bHttpClient\b|\bwp_mail\b|\bmail\s*\(\s*\$|\bfaraday\.|web-?_?hook|o-?auth|openid|oidc|saml|\bconfig\(\s*['"]services\./i
/** Clients of packages that nobody knows: by their name, or by the key or address they are given. */
const MAKES_CLIENT =
  /\b[A-Z]\w*(?:Client|Api|API|SDK|Sdk)\s*\(|\bnew\s+[A-Z]\w*\s*\(\s*\{[^}]{0,300}\b(?:api_?[kK]ey|base_?(?:URL|Url|url|URI|uri)|access_?[tT]oken)\b/
const ENV_NAME = /\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g

/**
 * Whether a file can have anything for the inventory: a look at its words that is much cheaper
 * than reading its syntax, and misses only what the inventory would not understand either.
 */
export function mayIntegrate(
  text: string,
  language: ImportLanguage,
  knowledge: {
    readonly partyOf: PartyOf
    readonly catalog: Catalog
  },
): boolean {
  if (UNIMPORTED.test(text)) return true
  if ((language === 'js' || language === 'python') && MAKES_CLIENT.test(text)) return true
  for (const [name] of text.matchAll(ENV_NAME)) {
    if (knowledge.catalog.byEnv(name) !== null) return true
  }
  const crates = language === 'rust' ? cratesIn(text) : []
  return [...modulesIn(text, language), ...crates].some(
    (module) => knowledge.partyOf(language, module) !== null,
  )
}

/** Rust needs no `use`: `reqwest::get(…)` names its crate where it stands. */
function cratesIn(text: string): readonly string[] {
  const named = [...text.matchAll(/(?<![\w:])([a-z_]\w{1,40})::/g)].map(([, crate = '']) => crate)
  return [...new Set(named)]
}

/** The modules that a text names, line by line. */
export function modulesIn(text: string, language: ImportLanguage): readonly string[] {
  return text
    .split('\n')
    .flatMap((line) => (line.length < 4 || line.length > 500 ? [] : importsOn(line, language)))
}
