import type { Fact } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { type CodeFile, factsOf, functionAround, surroundings } from '#core/rules/code'
import type { View } from '#core/rules/observation'
import { assignedTo } from '#core/rules/scope-text'

/** Names are followed this often, so many of them at a time. */
const MAX_STEPS = 3
const MAX_NAMES = 8
/** Characters of a function of this file that are read for what it makes. */
const MAX_FUNCTION = 2_000
const MAX_FUNCTIONS = 4
/** Characters of a line before a name that a call hands out. */
const MAX_BEFORE = 200
/** Functions around each other that are looked through for what a name is given. */
const MAX_SCOPES = 4

/** An expression and what the names in it were given in its function, a few steps back. */
export function origin({ file }: View, fact: Fact, side: string): string {
  const scopes = scopesAround(file, fact)
  const constants = /^[A-Z][A-Z0-9_]*$/.test(side) ? assignedTo(file.text, side) : []
  const seen = new Set<string>()
  const texts = [side, ...constants]
  let fresh = texts
  for (let step = 0; step < MAX_STEPS && fresh.length > 0; step += 1) {
    const names = fresh
      .flatMap((text) => text.match(/(?<![.\w$])\$?[A-Za-z_]\w*(?!\w*\()/g) ?? [])
      // Kotlin fills its texts with names that have no such sign elsewhere.
      .map((name) => (file.language === 'kotlin' ? name.replace('$', '') : name))
      .filter((name) => !seen.has(name))
      .slice(0, MAX_NAMES)
    for (const name of names) seen.add(name)
    fresh = names.flatMap((name) => givenIn(scopes, name))
    texts.push(...fresh)
  }
  return texts.join('\n')
}

/** What the functions of this file return that an expression calls, by their text. */
export function calledHere(file: CodeFile, text: string, from: Fact): string {
  const names = new Set(
    [...text.matchAll(/(?<![.\w>])(?:(?:this|self)\.|\$this->|self::)?(#?[A-Za-z_]\w*)\(/g)].map(
      ([, name = '']) => name,
    ),
  )
  const methods = [...text.matchAll(/(?<![.\w])\w{1,3}\.([A-Za-z_]\w*)\(/g)].map(
    ([, name = '']) => name,
  )
  if (file.language === 'go') for (const name of methods) names.add(name)
  return factsOf(file, 'function')
    .filter(
      (one) =>
        one.captures['form'] === 'function' &&
        names.has(one.captures['name'] ?? '') &&
        !within(from, one),
    )
    .slice(0, MAX_FUNCTIONS)
    .map((one) => file.text.slice(one.start, Math.min(one.end, one.start + MAX_FUNCTION)))
    .filter((text) => !/timingSafeEqual|compare_digest/.test(text))
    .join('\n')
}

/** The text of the function around a fact, and of those around that one, outwards. */
function scopesAround(file: CodeFile, fact: Fact): readonly string[] {
  const scopes = [surroundings(file, fact)]
  let around = functionAround(file, fact)
  while (around !== null && scopes.length < MAX_SCOPES) {
    if (functionAround(file, around) !== null) scopes.push(surroundings(file, around))
    around = functionAround(file, around)
  }
  return scopes
}

/** What a name is given in the nearest function that gives it something. */
function givenIn(scopes: readonly string[], name: string): readonly string[] {
  for (const scope of scopes) {
    const given = [
      ...assignedTo(scope, name),
      ...unwrappedTo(scope, name),
      ...assignedTogether(scope, name),
      ...declaredFrom(scope, name),
    ]
    // `if got := header(); got != want`: the condition gives it nothing.
    if (given.length > 0) return given.map((one) => one.replace(/; [^\n]*\{$/, ''))
  }
  return []
}

/** What Rust takes out of a result: `let Ok(mut mac) = Hmac::new(key) else`. */
function unwrappedTo(text: string, name: string): readonly string[] {
  if (!/^\w+$/.test(name)) return []
  const pattern = new RegExp(`\\b(?:Ok|Some)\\((?:mut )?${name}\\) = ([^\\n]{0,200})`, 'g')
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '')
}

/** What several names are given at once: `user, password, ok := r.BasicAuth()`. */
function assignedTogether(text: string, name: string): readonly string[] {
  if (!/^\w+$/.test(name)) return []
  const pattern = new RegExp(
    `(?:^|\\n|\\bif )[ \\t]*(?:\\w+, ){0,3}${name}(?:, \\w+){1,3} :?= ([^\\n]{0,200})`,
    'g',
  )
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '')
}

/**
 * A parameter that a framework takes from a header: `@RequestHeader("X-Token") String token`,
 * `[FromHeader] string token`; and what C# hands out: `TryGetValue("X-Token", out var token)`.
 */
function declaredFrom(text: string, name: string): readonly string[] {
  if (!/^\w+$/.test(name)) return []
  const annotated = new RegExp(
    `(?:@(?:param:)?(?:RequestHeader|HeaderParam|Header|RequestParam|QueryParam|QueryValue)|\\[From(?:Header|Query))\\b(?:\\([^()\\n]{0,160}\\))?\\]?\\s{1,20}(?:[\\w<>?.]{1,60}\\s{1,20}){0,2}${name}\\b`,
    'g',
  )
  const handedOut = new RegExp(`\\bout (?:\\w+ )?${name}\\b`, 'g')
  return [
    ...[...text.matchAll(annotated)].map(([whole]) => whole),
    ...[...text.matchAll(handedOut)].map(({ 0: whole, index }) => {
      const line = text.lastIndexOf('\n', index) + 1
      return text.slice(Math.max(line, index - MAX_BEFORE), index + whole.length)
    }),
  ]
}
