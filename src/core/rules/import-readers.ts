import type { Fact, Language } from '#core/facts/fact'

/** A name that a file takes from a module; `local` is null where a whole namespace is opened. */
export interface NameOfModule {
  readonly local: string | null
  /** As the module names it; null for the module itself. */
  readonly name: string | null
  /** As catalogues know it: `com.stripe.model.Charge`, `Stripe\StripeClient`, `aws_sdk_sqs::Client`. */
  readonly module: string
}

type Reader = (fact: Fact) => readonly NameOfModule[]

/** How an import reads in the languages that name what they take in one word or path. */
export const IMPORT_READERS: Readonly<Partial<Record<Language, Reader>>> = {
  go: goNames,
  java: dottedNames,
  kotlin: dottedNames,
  php: phpNames,
  csharp: csharpNames,
  rust: (fact) => rustNames(fact.captures['module'] ?? '', '', 0),
}

function goNames(fact: Fact): readonly NameOfModule[] {
  const module = unquoted(fact.captures['module'] ?? '')
  const alias = fact.captures['clause']
  if (module === '' || alias === '_' || alias === '.') return []
  return [{ local: alias ?? goPackage(module), name: null, module }]
}

/** A package's usual name: the last part of its path, without its version and `go-`. */
function goPackage(path: string): string {
  const parts = path.split('/').filter((part) => !/^v\d+$/.test(part))
  const last = parts.at(-1) ?? path
  return last
    .replace(/\.v\d+$/, '')
    .replace(/^go-|-go$|\.go$/g, '')
    .replaceAll('-', '')
}

function dottedNames(fact: Fact): readonly NameOfModule[] {
  const module = (fact.captures['module'] ?? '').replace(/\s/g, '')
  if (module === '') return []
  const last = module.slice(module.lastIndexOf('.') + 1)
  if (last === '*') return [{ local: null, name: null, module: module.slice(0, -2) }]
  return [{ local: fact.captures['clause'] ?? last, name: last, module }]
}

function phpNames(fact: Fact): readonly NameOfModule[] {
  const prefix = fact.captures['prefix']?.replace(/\\$/, '')
  const own = (fact.captures['module'] ?? '').replace(/^\\/, '')
  if (own === '') return []
  const module = prefix === undefined ? own : `${prefix.replace(/^\\/, '')}\\${own}`
  const last = module.slice(module.lastIndexOf('\\') + 1)
  return [{ local: fact.captures['clause'] ?? last, name: last, module }]
}

function csharpNames(fact: Fact): readonly NameOfModule[] {
  const module = fact.captures['module'] ?? ''
  if (module === '') return []
  return [{ local: fact.captures['clause'] ?? null, name: null, module }]
}

/** Trees of `use` that are read this deep; nobody writes deeper ones. */
const MAX_DEPTH = 6

/** The leaves of a tree such as `aws_sdk_sqs::{Client, config::Region as R}`. */
function rustNames(tree: string, before: string, depth: number): readonly NameOfModule[] {
  const text = tree.trim().replace(/^::/, '')
  if (text === '' || depth > MAX_DEPTH) return []
  const open = text.indexOf('{')
  if (open >= 0) {
    const prefix = joined(
      before,
      text
        .slice(0, open)
        .replace(/::\s*$/, '')
        .trim(),
    )
    const inner = text.slice(open + 1, text.lastIndexOf('}'))
    return splitBraces(inner).flatMap((part) => rustNames(part, prefix, depth + 1))
  }
  const [path = '', alias] = text.split(/\s+as\s+/)
  const module = path.trim() === 'self' ? before : joined(before, path.trim())
  const last = module.slice(module.lastIndexOf('::') + (module.includes('::') ? 2 : 0))
  if (last === '*') return [{ local: null, name: null, module: module.slice(0, -3) }]
  return [{ local: alias?.trim() ?? last, name: last, module }]
}

const joined = (before: string, path: string) =>
  [before, path].filter((part) => part !== '').join('::')

function splitBraces(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1
    else if (text[at] === '}') depth -= 1
    else if (text[at] === ',' && depth === 0) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, text.slice(from)]
}

function unquoted(text: string): string {
  return text.replace(/^["'`]|["'`]$/g, '')
}
