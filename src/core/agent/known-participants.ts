/** Words that name a kind of part, and prove nothing about this code by themselves. */
const GENERIC = new Set(
  'api app application backend client consumer customer database endpoint external frontend handler http our producer provider queue server service store system third party user webhook worker'.split(
    ' ',
  ),
)

const letters = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')

/** The words of a name: `OrderService`, `order_service` and `order service` have the same. */
function wordsOf(name: string): readonly string[] {
  const apart = name.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2').toLowerCase()
  return apart.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2)
}

/**
 * Participants of a diagram that nothing in the code is called: a drawing of parts that there are not
 * misleads. A name counts as known when the code has it, or one of its telling words.
 *
 * @param code texts, paths and names in which a participant may occur
 */
export function unknownParticipants(
  names: readonly string[],
  code: Iterable<string>,
): readonly string[] {
  const unknown = new Set(names)
  for (const text of code) {
    if (unknown.size === 0) break
    const known = letters(text)
    for (const name of unknown) if (isIn(name, known)) unknown.delete(name)
  }
  return [...unknown]
}

function isIn(name: string, known: string): boolean {
  const whole = letters(name)
  if (whole.length > 2 && known.includes(whole)) return true
  const words = wordsOf(name)
  const telling = words.filter((word) => !GENERIC.has(word))
  return (telling.length > 0 ? telling : words).some((word) => known.includes(word))
}
