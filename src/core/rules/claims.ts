import type { Language } from '#core/facts/fact'
import type { SecretHit } from '#core/facts/secret-hit'
import type { Claim, Evidence, Severity } from '#core/findings/finding'
import type { Code, CodeFile } from '#core/rules/code'
import type { Observation } from '#core/rules/observation'
import { PLACEHOLDER, type Rule } from '#core/rules/rule'
import { clip } from '#core/text/lines'
import { REDACTED, redact } from '#core/text/redact'

/** What rules need to turn an observation into a claim. */
export interface ClaimSources {
  readonly code: Code
  /** Secrets by path, so that no evidence shows one. */
  readonly secrets: ReadonlyMap<string, readonly SecretHit[]>
}

/** Names in a sentence are a stranger's words: capped, in a code span, on one line. */
const MAX_NAME = 80
/** Fences of languages that have another name in Markdown. */
const FENCES: Readonly<Partial<Record<Language, string>>> = {
  typescript: 'ts',
  tsx: 'ts',
  javascript: 'ts',
}
/** Placeholders that our own packs fill, so that they need no code span. */
const OWN_WORDS = new Set(['provider', 'label', 'library', 'limit', 'since', 'target', 'where'])

/** The claim that a rule makes about an observation in a file. */
export function claimOf(
  rule: Rule,
  severity: Severity,
  file: CodeFile,
  observation: Observation,
  sources: ClaimSources,
): Claim {
  const say = (text: string) => fill(text, observation.names)
  const evidence = evidenceOf(file, observation, sources)
  const example = rule.fix.examples[file.language]
  const fence = FENCES[file.language] ?? file.language
  const fix = say(rule.fix.text)
  return {
    rule: rule.id,
    class: rule.class,
    severity,
    proof: rule.proof,
    source: 'rule',
    path: file.path,
    side: 'RIGHT',
    startLine: observation.line,
    line: observation.endLine,
    title: say(rule.title),
    body: say(rule.what),
    scenario: say(rule.why),
    fix: example === undefined ? fix : `${fix}\n\n\`\`\`${fence}\n${example.trimEnd()}\n\`\`\``,
    suggestion: null,
    evidence,
    provider: observation.provider?.id ?? null,
    symbol: observation.symbol,
  }
}

function fill(text: string, names: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (_, name: string) => {
    const value = names[name] ?? ''
    return OWN_WORDS.has(name) ? value : inCode(value)
  })
}

/** A stranger's name as a code span that it cannot leave. */
function inCode(name: string): string {
  const flat = redact(name)
    .text.replace(/[\s\p{Cc}\p{Cf}`]+/gu, ' ')
    .trim()
  return `\`${clip(flat, MAX_NAME)}\``
}

/** The lines that show it, the claim's own first; each line once. */
function evidenceOf(
  file: CodeFile,
  { line, evidence }: Observation,
  sources: ClaimSources,
): Evidence[] {
  const places = [{ path: file.path, line }, ...evidence]
  const seen = new Set<string>()
  const result: Evidence[] = []
  for (const place of places) {
    const key = `${place.path}:${place.line}`
    const text = sources.code.files.get(place.path)?.lines[place.line - 1]
    if (text === undefined || seen.has(key)) continue
    seen.add(key)
    result.push({ ...place, side: 'RIGHT', ...masked(text, place, sources.secrets) })
  }
  return result
}

function masked(
  text: string,
  place: { path: string; line: number },
  secrets: ClaimSources['secrets'],
): { text: string; redacted: boolean } {
  const hits = (secrets.get(place.path) ?? []).filter((hit) => hit.line === place.line)
  let result = text
  for (const hit of hits.toSorted((a, b) => b.startColumn - a.startColumn))
    result = result.slice(0, hit.startColumn - 1) + REDACTED + result.slice(hit.endColumn - 1)
  const { text: clean } = redact(result)
  return { text: clean, redacted: clean !== text }
}
