import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAgent } from '#core/agent/parse-agent'
import type { Complaint, Read } from '#core/problem'
import { complaintLine, Problem } from '#core/problem'
import { Category } from '#core/providers/provider'
import { providerPage } from '#core/render/provider-page'
import { knownFacts } from '#core/render/provider-words'
import { openNames, rulePage } from '#core/render/rule-page'
import type { Rule } from '#core/rules/rule'
import { providerKnowledge } from '#flow/knowledge'
import { createScan } from '#scan/create-scan'
import { loadAgents } from '#wiring/load-agents'
import { HOME } from '#wiring/load-knowledge'
import { checkProviders, loadProviders } from '#wiring/load-providers'
import { loadRules } from '#wiring/load-rules'
import { type RuleTest, testRules } from '#wiring/test-rules'

/** One line of a list: an id, columns, and what it is in a few words. */
interface Listed {
  readonly id: string
  readonly columns: readonly string[]
  readonly title: string
}

/** Columns of a page: it may be piped, mailed or pasted. */
const WIDTH = 80

/** Characters of an agent's description in a list; the whole is in its file. */
const MAX_DESCRIPTION = 100

/**
 * The rules, providers and agents that this installation ships, for a person who asks. Each
 * question reads only the folder that it is about.
 *
 * @param today a day such as `2026-11-22`
 * @throws Problem `knowledge.unreadable` or `rules.unreadable` that names every complaint
 */
export function createKnowledgeDesk(today: string) {
  const providers = async () => usable(await loadProviders(join(HOME, 'providers')))
  return {
    async rules(): Promise<readonly Listed[]> {
      const { rules } = await loadRules(HOME)
      return rules.map(listedRule)
    },
    async explainRule(id: string): Promise<string | null> {
      const { rules } = await loadRules(HOME)
      const rule = rules.find((one) => one.id === id)
      return rule === undefined ? null : rulePage(rule, WIDTH)
    },
    async testRules(progress: (step: string) => void): Promise<RuleTest> {
      const [{ rules, matchers }, packs] = await Promise.all([loadRules(HOME), providers()])
      progress(`running the examples of ${rules.length} rules`)
      // An example must not fail because a fact is due to be read again.
      const known = providerKnowledge(packs, today, 'known')
      return testRules(createScan({ matchers }), { rules, ...known })
    },
    async providers(category: string | null): Promise<readonly Listed[]> {
      const wanted = category === null ? null : categoryOf(category)
      const all = await providers()
      return all
        .filter((provider) => wanted === null || provider.category === wanted)
        .map((provider) => ({
          id: provider.id,
          columns: [provider.category, countedFacts(knownFacts(provider, today))],
          title: provider.names.join(', '),
        }))
    },
    async explainProvider(id: string): Promise<string | null> {
      const provider = (await providers()).find((one) => one.id === id)
      return provider === undefined ? null : providerPage(provider, today, WIDTH)
    },
    /** Of these files, or of the shipped packs when there are none. */
    async checkProviders(files: readonly string[]): Promise<readonly Complaint[]> {
      return checkProviders(join(HOME, 'providers'), files, today)
    },
    async agents(): Promise<readonly Listed[]> {
      const agents = usable(await loadAgents(join(HOME, 'agents')))
      return [...agents.values()].map(({ header }) => ({
        id: header.name,
        columns: [header.model],
        title: firstSentence(header.description),
      }))
    },
    async checkAgents(files: readonly string[]): Promise<readonly Complaint[]> {
      if (files.length === 0) return complaintsOf(await loadAgents(join(HOME, 'agents')))
      return (await Promise.all(files.map(checkAgent))).flat()
    },
  }
}

/** @throws Problem `providers.unknown-category` with all there are */
function categoryOf(word: string): Category {
  const category = Category.safeParse(word)
  if (category.success) return category.data
  const message = `There is no category "${word}". Categories: ${Category.options.join(', ')}.`
  throw new Problem('providers.unknown-category', 'told', message)
}

function countedFacts(count: number): string {
  if (count === 0) return 'no facts'
  return count === 1 ? '1 fact' : `${count} facts`
}

function listedRule(rule: Rule): Listed {
  return { id: rule.id, columns: [rule.severity, rule.class], title: openNames(rule.title) }
}

async function checkAgent(path: string): Promise<readonly Complaint[]> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is no such file' : (cause.code ?? 'no reason')
    return { file: path, line: null, reason: `cannot be read: ${reason}` }
  })
  return typeof text === 'string' ? complaintsOf(parseAgent({ path, text })) : [text]
}

function complaintsOf(read: Read<unknown>): readonly Complaint[] {
  return read.ok ? [] : read.complaints
}

function usable<T>(read: Read<T>): T {
  if (read.ok) return read.value
  throw new Problem('knowledge.unreadable', 'told', read.complaints.map(complaintLine).join('\n'))
}

function firstSentence(text: string): string {
  const sentence = /^[\s\S]{0,300}?\.(?=\s|$)/.exec(text)?.[0] ?? text
  return sentence.length <= MAX_DESCRIPTION ? sentence : `${sentence.slice(0, MAX_DESCRIPTION)}…`
}
