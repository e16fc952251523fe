import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import type { Agent } from '#core/agent/agent'
import type { Matcher } from '#core/facts/matcher'
import { complaintLine, Problem, type Read } from '#core/problem'
import type { Report } from '#core/report/report'
import { type Knowledge, providerKnowledge } from '#flow/knowledge'
import { loadAgents } from '#wiring/load-agents'
import { loadProviders } from '#wiring/load-providers'
import { loadRules } from '#wiring/load-rules'

/** The agent that this product is about. */
export const OWN_AGENT = 'integrations-tech-lead'

/** Everything that this installation knows, from the folders that it ships. */
export interface Loaded {
  readonly agent: Agent
  readonly knowledge: Knowledge
  readonly matchers: readonly Matcher[]
  readonly tool: Report['tool']
}

/** The package's own folder: `src` and `dist` both lie right below it. */
export const HOME = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Reads `agents/`, `providers/`, `rules/` and `facts/`. A bad file is a mistake of this
 * installation, so nothing starts with it.
 *
 * @param today a day such as `2026-11-22`: facts that have expired count as unknown
 * @throws Problem `knowledge.unreadable` that names every complaint with file and line
 */
export async function loadKnowledge(today: string): Promise<Loaded> {
  const [agents, providers, { rules, matchers }, tool] = await Promise.all([
    loadAgents(join(HOME, 'agents')),
    loadProviders(join(HOME, 'providers')),
    loadRules(HOME),
    readTool(),
  ])
  const agent = usable(agents).get(OWN_AGENT)
  if (agent === undefined) throw unreadable([`agents/${OWN_AGENT}.md is missing`])
  const known = providerKnowledge(usable(providers), today)
  return { agent, matchers, tool, knowledge: { rules, ...known } }
}

function usable<T>(read: Read<T>): T {
  if (read.ok) return read.value
  throw unreadable(read.complaints.map(complaintLine))
}

function unreadable(lines: readonly string[]): Problem {
  return new Problem('knowledge.unreadable', 'told', lines.join('\n'))
}

async function readTool(): Promise<Report['tool']> {
  const text = await readFile(join(HOME, 'package.json'), 'utf8')
  return z.object({ name: z.string(), version: z.string() }).parse(JSON.parse(text))
}
