/** Joins path parts; null when they climb out of the repository. */
export function joined(folder: readonly string[], parts: readonly string[]): string | null {
  const result = [...folder]
  for (const part of parts) {
    if (part === '.' || part === '') continue
    if (part !== '..') result.push(part)
    else if (result.pop() === undefined) return null
  }
  return result.join('/')
}
