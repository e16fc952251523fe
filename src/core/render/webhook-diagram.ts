import type { HandlerRow, Station } from '#core/matrix/matrix'
import { STATE_WORDS } from '#core/render/matrix-words'
import { mermaidLabel } from '#core/render/mermaid-label'

/**
 * The way of a delivery as a mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html): each
 * state with its line; what is missing is red and dashed, what is out of order is amber.
 */
export function webhookDiagram({ states, what }: Pick<HandlerRow, 'states' | 'what'>): string {
  const nodes = states.map((one, index) => `  s${index}["${label(one)}"]:::${styleOf(one)}`)
  const arrows = states.slice(1).map((one, index) => `  s${index} ${arrow(one)} s${index + 1}`)
  return [
    'flowchart TD',
    `  sender(["${mermaidLabel(what)}"]) --> s0`,
    ...nodes,
    ...arrows,
    '  classDef present fill:#dafbe1,stroke:#1a7f37,color:#1f2328',
    '  classDef missing fill:#ffebe9,stroke:#cf222e,color:#1f2328,stroke-dasharray:4 3',
    '  classDef misplaced fill:#fff8c5,stroke:#9a6700,color:#1f2328',
    '  classDef quiet fill:#f6f8fa,stroke:#8c959f,color:#59636e',
  ].join('\n')
}

/**
 * `verify`, then the line or what is wrong, on lines of their own. They are broken by a line break:
 * beside a `<br>` mermaid resolves entities too early, and reads what they stand for as markdown.
 */
function label(station: Station): string {
  const { name, state, because, path, line, misplaced } = station
  const file = path === null ? '' : path.slice(path.lastIndexOf('/') + 1)
  const place = line === null ? '' : mermaidLabel(`${file} line ${line}`)
  const wrong = state === 'present' ? misplaced : because
  const parts = [STATE_WORDS[name], place, wrong === null ? '' : mermaidLabel(wrong)]
  return parts.filter((part) => part !== '').join('\n')
}

function styleOf({ state, misplaced }: Station): string {
  if (state === 'present') return misplaced === null ? 'present' : 'misplaced'
  return state === 'missing' ? 'missing' : 'quiet'
}

/** A state that nothing leads through is passed by on a dotted line. */
const arrow = ({ state }: Station) => (state === 'present' ? '-->' : '-.->')
