import type { Severity } from '#core/findings/finding'

/** How a text is shown on a terminal. */
type Style = 'bold' | 'dim' | Severity | 'good'

/** Gives a text a style, or leaves it as it is where colours are off. */
export type Paint = (style: Style, text: string) => string

/** Select Graphic Rendition parameters, ECMA-48 section 8.3.117. */
const CODES: Readonly<Record<Style, string>> = {
  bold: '1',
  dim: '2',
  critical: '1;31',
  high: '31',
  medium: '33',
  low: '36',
  good: '32',
}

const ESCAPE = String.fromCharCode(27)

/** The painter for a terminal with or without colours. */
export function painter(colour: boolean): Paint {
  if (!colour) return (_, text) => text
  return (style, text) => `${ESCAPE}[${CODES[style]}m${text}${ESCAPE}[0m`
}
