import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Prompt, SECTION_MEANS } from '#core/agent/build-prompt'
import { REFUTER } from '#core/agent/refutation'
import { byteLength } from '#core/text/lines'
import { DEFAULT_LIMITS } from '#flow/agent-limits'
import { offeredTools } from '#flow/agent-tools'
import type { Ask } from '#flow/ask'
import { askParts, isWorthAsking } from '#flow/ask-parts'
import type { ModelRequest, ModelTool } from '#flow/model-port'

/** English and code take about so many bytes for a token; a service counts its own. */
const BYTES_PER_TOKEN = 4

const NOTHING_ASKED =
  '# What the model is asked first\n\nNothing: the change has no file that it would judge.\n'

interface Counted {
  readonly name: string
  readonly tokens: number
  readonly means: string
}

/**
 * Writes what the model is asked first about a change: for each conversation the request byte for
 * byte, the same for people, and how many tokens each section takes and why it is there.
 */
export async function dumpPrompts(folder: string, ask: Ask): Promise<void> {
  const { toParams } = await import('#model/message-shapes')
  await mkdir(folder, { recursive: true })
  const tools = offeredTools(ask.settings.memory.mode !== 'off')
  const parts = isWorthAsking(ask) ? askParts(ask, DEFAULT_LIMITS) : []
  const tables: string[] = []
  for (const [index, part] of parts.entries()) {
    const name = `part-${index + 1}`
    const prompt = part.promptOf(1)
    const request: ModelRequest = {
      model: ask.model,
      maxTokens: DEFAULT_LIMITS.turnTokens,
      system: prompt.system,
      tools,
      messages: [{ role: 'user', content: [{ type: 'text', text: prompt.user }] }],
    }
    await writeFile(join(folder, `${name}.json`), JSON.stringify(toParams(request), null, 2))
    await writeFile(join(folder, `${name}.md`), forPeople(prompt, tools))
    tables.push(`## ${name}\n\n${table(countsOf(prompt, tools))}`)
  }
  if (parts.length === 0) {
    await writeFile(join(folder, 'sections.md'), NOTHING_ASKED)
    return
  }
  await writeFile(join(folder, 'second-opinion.md'), `${REFUTER}\n`)
  const head = `# What the model is asked first\n\nIn ${parts.length === 1 ? 'one conversation' : `${parts.length} conversations`} with ${ask.model}; second opinions by ${ask.lightModel}. Tokens are bytes / ${BYTES_PER_TOKEN}.`
  await writeFile(join(folder, 'sections.md'), `${[head, ...tables].join('\n\n')}\n`)
}

function tokensIn(text: string): number {
  return Math.ceil(byteLength(text) / BYTES_PER_TOKEN)
}

function countsOf({ system, sections }: Prompt, tools: readonly ModelTool[]): readonly Counted[] {
  const fixed = [
    { name: 'tools', text: JSON.stringify(tools), means: 'what the model can do; the same always' },
    { name: 'rules and agent', text: system[0] ?? '', means: 'how it reviews; the same always' },
    { name: 'memory index', text: system[1] ?? '', means: 'the same for a repository' },
  ]
  const own = sections.map(({ name, text }) => ({ name, text, means: SECTION_MEANS[name] }))
  return [...fixed, ...own].map(({ name, text, means }) => ({
    name,
    tokens: tokensIn(text),
    means,
  }))
}

function table(counts: readonly Counted[]): string {
  const rows = counts.map(({ name, tokens, means }) => `| ${name} | ${tokens} | ${means} |`)
  const sum = (some: readonly Counted[]) => some.reduce((total, { tokens }) => total + tokens, 0)
  return [
    '| section | tokens | why |',
    '|---|--:|---|',
    ...rows,
    `| fixed prefix | ${sum(counts.slice(0, 3))} | cached |`,
    `| this change | ${sum(counts.slice(3))} | |`,
  ].join('\n')
}

function forPeople(prompt: Prompt, tools: readonly ModelTool[]): string {
  const parts = [
    ...tools.map(
      (tool) =>
        `### tool ${tool.name}\n\n${tool.description}\n\n${JSON.stringify(tool.inputSchema)}`,
    ),
    ...prompt.system.map((text, index) => `### system ${index + 1}\n\n${text}`),
    `### user\n\n${prompt.user}`,
  ]
  return `${parts.join('\n\n')}\n`
}
