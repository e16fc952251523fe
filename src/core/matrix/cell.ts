import type { Cell } from '#core/matrix/matrix'
import type { Role, Sighting } from '#core/matrix/region'

const WHERE: Readonly<Record<Role, string>> = {
  call: 'at the call',
  client: 'in its client',
  function: 'in its function',
  helper: 'in what its function calls',
  wrapper: 'in what it is wrapped in',
  caller: 'where its function is called',
}

/** A protection that stands in the code: `limited in its client`. */
export function protectedBy(what: string, { role, path, line }: Sighting): Cell {
  return { state: 'protected', because: `${what} ${WHERE[role]}`, path, line }
}

/** A protection that is lacking, shown where it is lacking. */
export function missing(because: string, at: { path: string; line: number }): Cell {
  return { state: 'missing', because, path: at.path, line: at.line }
}

/** A protection that this row does without, because of a fact. */
export function notNeeded(because: string): Cell {
  return { state: 'not-needed', because, path: null, line: null }
}

/** Something that the code at hand does not tell. */
export function unknown(because: string): Cell {
  return { state: 'unknown', because, path: null, line: null }
}
