/** A page of the documentation that is made from data: where it lies and its text. */
export interface DocFile {
  readonly path: string
  readonly text: string
}

/** What stands on every such page, so that nobody mends it by hand. */
export const NOTE = '<!-- Written by `node tools/write-docs.ts`; a test compares it. -->'

/** Texts in the order of their code units, which is the same on every machine. */
export function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
