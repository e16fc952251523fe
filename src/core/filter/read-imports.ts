import type { ImportLanguage } from '#core/providers/provider'

type Reader = readonly RegExp[]

/**
 * How each language names what it uses. Every pattern captures the module once and is anchored or
 * bounded, so that a hostile line costs no more than its length.
 */
const READERS: Readonly<Record<ImportLanguage, Reader>> = {
  js: [
    /\bfrom\s*['"]([^'"\s]{1,200})['"]/g,
    /\b(?:require|import)\s*\(\s*['"]([^'"\s]{1,200})['"]/g,
    /^\s*import\s*['"]([^'"\s]{1,200})['"]/g,
  ],
  python: [
    /^\s*from\s+([\w.]{1,200})\s+import\b/g,
    /^\s*import\s+([\w.]{1,200})/g,
    /\bimport_module\(\s*['"]([\w.]{1,200})['"]/g,
  ],
  java: [/^\s*import\s+(?:static\s+)?([\w.]{1,200})/g],
  go: [/^\s*(?:import\s+)?(?:[\w.]{1,60}\s+)?"([\w./~-]{1,200})"\s*$/g],
  ruby: [
    /^\s*(?:require|gem|autoload)\s*\(?\s*['"]([\w./-]{1,200})['"]/g,
    /(?:^|[^\w:])(?:::)?([A-Z]\w{0,60})(?=::)/g,
    /(?:^|[^\w:.])([A-Z]\w{0,60})\.(?=[a-z])/g,
  ],
  php: [
    /^\s*use\s+(?:function\s+)?\\?([\w\\]{1,200})/g,
    /\bnew\s+\\?([A-Z]\w{0,60}(?:\\\w{1,60}){0,8})/g,
    /\\([A-Z]\w{0,60}(?:\\\w{1,60}){0,8})::/g,
  ],
  csharp: [/^\s*(?:global\s+)?using\s+(?:static\s+)?(?:\w{1,60}\s*=\s*)?([\w.]{1,200})\s*;/g],
  rust: [/^\s*(?:pub\s+)?use\s+(?:::)?([\w:]{1,200})/g, /^\s*extern\s+crate\s+(\w{1,60})/g],
}

/** Crates of Rust are also named where they are used: `reqwest::Client::new()`. */
const QUALIFIED = /(?<![\w:])([a-z][a-z0-9_]{2,60}(?:::[A-Za-z]\w{0,60}){1,4})/g

/** The modules that one line of code names, comments already taken away. */
export function importsOn(line: string, language: ImportLanguage): readonly string[] {
  const found: string[] = []
  if (language === 'rust' && !/^\s*(?:pub\s+)?(?:use|extern)\s/.test(line)) {
    return [...line.matchAll(QUALIFIED)].flatMap(([, name]) => name ?? [])
  }
  for (const reader of READERS[language]) {
    for (const match of line.matchAll(reader)) {
      if (match[1] !== undefined) found.push(match[1])
    }
  }
  return found
}
