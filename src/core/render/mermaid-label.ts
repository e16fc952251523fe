import { clip } from '#core/text/lines'

const MAX_LABEL = 60

/** Text for a mermaid diagram, without any character that is syntax in one. */
export function mermaidLabel(text: string): string {
  const plain = text
    .replaceAll(/[^\p{L}\p{N} ._/()'-]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  // A bare `end` closes a block of mermaid's.
  const safe = plain.replaceAll(/\bend\b/gi, 'finish')
  return clip(safe === '' ? '…' : safe, MAX_LABEL)
}
