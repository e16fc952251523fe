/** Where something was found. Lines are 1-based. */
export interface FoundPlace {
  readonly path: string
  readonly line: number
}
