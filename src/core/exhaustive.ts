/** The compiler's reminder that a case was added and is not handled here yet. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`)
}
