import { dropHidden } from '#core/text/hidden-characters'
import { clip } from '#core/text/lines'

const MAX_LABEL = 60

/**
 * What mermaid 11.4 to 11.12 read as markdown in any label, of the characters that are left: the
 * beginning of a list, a rule, emphasis, an address. Hosts are slower than its releases.
 */
const MARKDOWN =
  /^-|(?<=^\d{1,9})[.)](?= |$)|(?<=www)\.|(?<![\p{L}\p{M}\p{N}_])_+|_+(?![\p{L}\p{M}\p{N}_])/giu

/** Text for a mermaid diagram, without any character that is syntax in one. */
export function mermaidLabel(text: string): string {
  const plain = dropHidden(text.replaceAll(/[^\p{L}\p{M}\p{N} ._/()'-]+/gu, ' '))
    .replaceAll(/ +/g, ' ')
    .trim()
  return clip(plain === '' ? '…' : plain, MAX_LABEL).replaceAll(MARKDOWN, entities)
}

/** Characters as mermaid's entities (https://mermaid.js.org/syntax/flowchart.html): `#95;`. */
const entities = (text: string) => [...text].map((one) => `#${one.codePointAt(0)};`).join('')
