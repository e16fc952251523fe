/** By path, then by line. */
export const byPlace = (
  a: { readonly path: string; readonly line: number },
  b: { readonly path: string; readonly line: number },
): number => order(a.path, b.path) || a.line - b.line

/** By code units, so that every machine sorts alike. */
export const order = (a: string, b: string): number => Number(a > b) - Number(a < b)
