import type { HandlerRow, Step } from '#core/matrix/matrix'
import { mermaidLabel } from '#core/render/mermaid-label'

type Does = Step['does']

/** What a step says on its arrow, and how the arrow looks. */
const SAYS: Readonly<Record<Does, string>> = {
  verify: 'check the sender',
  claim: 'take the event',
  look: 'seen before?',
  store: 'keep',
  enqueue: 'hand over',
  acknowledge: 'answer',
  work: 'work',
  call: 'call',
  'dead-letter': 'keep what failed',
}

/** Whom a step speaks to, where it is nobody by name. */
const SIDE: Readonly<Partial<Record<Does, string>>> = {
  claim: 'store',
  look: 'store',
  store: 'store',
  enqueue: 'queue',
  'dead-letter': 'store',
}

/**
 * What happens to a delivery as a mermaid sequence diagram
 * (https://mermaid.js.org/syntax/sequenceDiagram.html). Every participant stands at a line of the
 * code; a file that the work goes on in is a participant of its own.
 */
export function deliverySequence({
  name,
  path,
  line,
  steps,
}: Pick<HandlerRow, 'name' | 'path' | 'line' | 'steps'>): string {
  const cast = createCast()
  // Who sent it may be called in turn: that is the same participant.
  const sender = cast.of(`other ${name}`, mermaidLabel(name))
  const handler = cast.of(`file ${path}`, place(path, line))
  const arrows = steps.flatMap((step) => arrowOf(step, cast, sender))
  return [
    'sequenceDiagram',
    ...cast.all().map(({ id, label }) => `  participant ${id} as ${label}`),
    `  ${sender}->>${handler}: deliver`,
    ...arrows,
  ].join('\n')
}

interface Cast {
  /** The id of a participant, who joins when asked for first. */
  of(key: string, label: string): string
  all(): readonly { readonly id: string; readonly label: string }[]
}

function createCast(): Cast {
  const members = new Map<string, { id: string; label: string }>()
  return {
    of(key, label) {
      const known = members.get(key) ?? { id: `p${members.size}`, label }
      members.set(key, known)
      return known.id
    },
    all: () => [...members.values()],
  }
}

function arrowOf(step: Step, cast: Cast, sender: string): readonly string[] {
  const { does, to, path, line, deferred } = step
  const from = cast.of(`file ${path}`, place(path, line))
  const said = `${SAYS[does]}, line ${line}${deferred ? ', later' : ''}`
  if (does === 'acknowledge') return [`  ${from}-->>${sender}: ${said}`]
  if (does === 'call') {
    const other = cast.of(
      `other ${to ?? ''}`,
      `${mermaidLabel(to ?? 'another system')}, from line ${line}`,
    )
    return [`  ${from}->>${other}: ${said}`]
  }
  const side = SIDE[does]
  if (side === undefined) return [`  ${from}->>${from}: ${said}`]
  return [`  ${from}->>${cast.of(side, `${side}, from ${place(path, line)}`)}: ${said}`]
}

function place(path: string, line: number): string {
  return mermaidLabel(`${path.slice(path.lastIndexOf('/') + 1)} line ${line}`)
}
