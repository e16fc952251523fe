import { mermaidLabel } from '#core/render/mermaid-label'
import { codeBlock, codeSpan, safeInline } from '#core/render/safe-markdown'
import type { Advice } from '#core/report/advice'
import { clip } from '#core/text/lines'

/** The agent's advice for the summary: levels, failure modes, plan and the sequence, folded away. */
export function adviceSection(advice: Advice, webUrl: string): string {
  const parts = [
    `Risk **${advice.risk}**, complexity **${advice.complexity}** (judged by the lead).`,
    failureModes(advice),
    plan(advice, webUrl),
    advice.sequence === null ? '' : codeBlock(sequenceDiagram(advice.sequence), 'mermaid'),
  ].filter((part) => part !== '')
  return `<details><summary>The change as a whole</summary>\n\n${parts.join('\n\n')}\n\n</details>`
}

function failureModes({ failureModes: modes }: Advice): string {
  if (modes.length === 0) return ''
  const rows = modes.map(
    ({ call, failure, effect, mitigation }) =>
      `| ${[call, failure, effect, mitigation].map(cell).join(' | ')} |`,
  )
  return ['| call | failure | effect | mitigation |', '|---|---|---|---|', ...rows].join('\n')
}

function cell(text: string): string {
  return codeSpan(clip(text, 200)).replaceAll('|', '\\|')
}

function plan({ plan: phases }: Advice, webUrl: string): string {
  return phases
    .map(({ phase, steps }, index) => {
      const items = steps.map((step) => `   - ${safeInline(step, webUrl)}`)
      return [`${index + 1}. **${safeInline(phase, webUrl)}**`, ...items].join('\n')
    })
    .join('\n')
}

const ARROWS = { call: '->>', reply: '-->>', event: '-)', failure: '-x' } as const

/**
 * A mermaid sequence diagram (https://mermaid.js.org/syntax/sequenceDiagram.html) of who speaks to
 * whom. Names and messages lose every character that is syntax in it.
 */
export function sequenceDiagram(sequence: NonNullable<Advice['sequence']>): string {
  const named = [...sequence.participants, ...sequence.steps.flatMap(({ from, to }) => [from, to])]
  const ids = new Map([...new Set(named)].map((name, index) => [name, `p${index}`]))
  const participants = [...ids].map(([name, id]) => `  participant ${id} as ${mermaidLabel(name)}`)
  const steps = sequence.steps.map(({ from, to, message, kind }) => {
    const arrow = `${ids.get(from) ?? 'p0'}${ARROWS[kind]}${ids.get(to) ?? 'p0'}`
    return `  ${arrow}: ${mermaidLabel(message)}`
  })
  return ['sequenceDiagram', ...participants, ...steps].join('\n')
}
