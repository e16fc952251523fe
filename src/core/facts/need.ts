/** What a text must hold; `word` in lower case. */
export type Need =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'every' | 'any'; readonly of: readonly Need[] }

/** Every text will do. */
export const ANYTHING: Need = { kind: 'every', of: [] }

/** A shorter word stands in nearly every text. */
const SHORTEST_WORD = 2

/** The need for some characters in a row, in whichever case they are written. */
export function wordNeed(word: string): Need {
  return word.length < SHORTEST_WORD ? ANYTHING : { kind: 'word', word: word.toLowerCase() }
}

export function everyOf(needs: readonly Need[]): Need {
  return joined(
    'every',
    needs.filter((need) => !isAnything(need)),
  )
}

export function anyOf(needs: readonly Need[]): Need {
  return needs.some(isAnything) ? ANYTHING : joined('any', needs)
}

function joined(kind: 'every' | 'any', needs: readonly Need[]): Need {
  const [only] = needs
  return needs.length === 1 && only !== undefined ? only : { kind, of: needs }
}

/** @param text in lower case */
export function isMetBy(need: Need, text: string): boolean {
  if (need.kind === 'word') return text.includes(need.word)
  return need.kind === 'every'
    ? need.of.every((one) => isMetBy(one, text))
    : need.of.some((one) => isMetBy(one, text))
}

const isAnything = (need: Need) => need.kind === 'every' && need.of.length === 0
