import { type AST, RegExpParser } from '@eslint-community/regexpp'
import { ANYTHING, anyOf, everyOf, type Need, wordNeed } from '#core/facts/need'

/** What Rust's expressions have and JavaScript's read otherwise: nothing is concluded from those. */
const FOREIGN = /\\[pPAzxuQ]|\[\^?\[|\[[^\]]*(?:&&|--|~~)|\(\?[^:]/

const PARSER = new RegExpParser({ ecmaVersion: 2025 })

/**
 * What a text must hold so that a regular expression of ast-grep can match within it. Upper and
 * lower case are not told apart, places (`^`, `$`, `\b`) are not looked at, and what is not
 * understood needs nothing: it may ask for too little, never for too much.
 *
 * @param source syntax of Rust's regex crate: https://docs.rs/regex/latest/regex/#syntax
 */
export function neededByRegex(source: string): Need {
  const plain = source.replace(/^\(\?i\)/, '')
  if (FOREIGN.test(plain)) return ANYTHING
  try {
    return ofAlternatives(PARSER.parsePattern(plain).alternatives)
  } catch (error) {
    if (error instanceof SyntaxError) return ANYTHING
    throw error
  }
}

function ofAlternatives(alternatives: readonly AST.Alternative[]): Need {
  return anyOf(alternatives.map(({ elements }) => ofSequence(elements)))
}

function ofSequence(elements: readonly AST.Element[]): Need {
  const needs: Need[] = []
  let run = ''
  const endRun = () => {
    needs.push(wordNeed(run))
    run = ''
  }
  for (const element of elements) {
    if (element.type === 'Character') run += String.fromCodePoint(element.value)
    else if (element.type !== 'Assertion') {
      endRun()
      needs.push(ofElement(element))
    }
  }
  endRun()
  return everyOf(needs)
}

function ofElement(element: AST.Element): Need {
  if (element.type === 'Group' || element.type === 'CapturingGroup')
    return ofAlternatives(element.alternatives)
  if (element.type === 'Quantifier' && element.min > 0) return ofSequence([element.element])
  return ANYTHING
}
