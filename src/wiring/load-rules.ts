import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { FactPack, matchersOf, readYaml } from '#core/facts/fact-pack'
import type { Matcher } from '#core/facts/matcher'
import { complaintLine, Problem, type Read } from '#core/problem'
import { readRules } from '#core/rules/read-rules'
import { type Rule, ruleMatchers } from '#core/rules/rule'
import type { YamlSource } from '#core/text/source-text'
import { type ParsedYaml, readParsedYaml } from '#wiring/parsed-yaml'

/** The deterministic knowledge: rules, and what the scanner needs to find their facts. */
export interface LoadedRules {
  readonly rules: readonly Rule[]
  readonly matchers: readonly Matcher[]
}

/**
 * Reads `facts/` and `rules/` below a folder, usually the package's own. Throws Problem
 * `rules.unreadable` that names every complaint with file and line.
 */
export async function loadRules(home: string): Promise<LoadedRules> {
  const parsed = await readParsedYaml()
  const read = readKnowledge(yamlFiles(home, 'facts', parsed), yamlFiles(home, 'rules', parsed))
  if (read.ok) return read.value
  const list = read.complaints.map(complaintLine).join('\n')
  throw new Problem('rules.unreadable', 'told', `Rules or facts cannot be used:\n${list}`)
}

/** Reads rule and fact files that are at hand; the complaints of all of them at once. */
function readKnowledge(
  factFiles: readonly YamlSource[],
  ruleFiles: readonly YamlSource[],
): Read<LoadedRules> {
  const packs = factFiles.map((file) => readYaml(file, FactPack))
  const rules = readRules(ruleFiles)
  const complaints = [...packs, rules].flatMap((read) => (read.ok ? [] : read.complaints))
  if (!rules.ok || complaints.length > 0) return { ok: false, complaints }
  const facts = packs.flatMap((read) => (read.ok ? matchersOf(read.value.kind, read.value) : []))
  const matchers = [...facts, ...ruleMatchers(rules.value)]
  return { ok: true, value: { rules: rules.value, matchers } }
}

/** Read one after the other: opened all at once, small files keep more threads busy for longer. */
function yamlFiles(home: string, folder: string, parsed: ParsedYaml): readonly YamlSource[] {
  return readdirSync(join(home, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((name) => {
      const text = readFileSync(name, 'utf8')
      return { path: relative(home, name).replaceAll('\\', '/'), text, parsed: parsed(text) }
    })
}
