import * as z from 'zod'
import { ANYTHING, anyOf, everyOf, type Need, wordNeed } from '#core/facts/need'
import { neededByRegex } from '#core/facts/needed-by-regex'

const Rule = z.record(z.string(), z.unknown())
const Rules = z.record(z.string(), Rule)
type Rules = z.infer<typeof Rules>
const Document = z.looseObject({
  rule: Rule,
  constraints: Rules.optional(),
  utils: Rules.optional(),
})

interface Beside {
  readonly constraints: Rules
  readonly utils: Rules
}

const METAVARIABLE = /\$+[A-Z_][A-Z0-9_]*/g
const WORD = /[A-Za-z_]\w*/g
/** The other nodes stand in the same file. */
const RELATIONS = ['inside', 'has', 'precedes', 'follows']

/**
 * What a file must hold so that an ast-grep rule can match in it. It may ask for too little, never
 * for too much: a rule that is left out for its sake would have found nothing.
 *
 * @param document as ast-grep reads it: https://ast-grep.github.io/reference/yaml.html
 */
export function neededByRule(document: Readonly<Record<string, unknown>>): Need {
  const { rule, constraints = {}, utils = {} } = Document.parse(document)
  return ofRule(rule, { constraints, utils })
}

function ofRule(value: unknown, beside: Beside): Need {
  const rule = Rule.parse(value)
  const needs = Object.entries(rule).map(([key, part]) => ofPart(key, part, beside))
  return everyOf(needs)
}

function ofPart(key: string, part: unknown, beside: Beside): Need {
  if (key === 'regex') return neededByRegex(z.string().parse(part))
  if (key === 'pattern') return typeof part === 'string' ? ofPattern(part, beside) : ANYTHING
  if (key === 'all')
    return everyOf(
      z
        .array(Rule)
        .parse(part)
        .map((one) => ofRule(one, beside)),
    )
  if (key === 'any')
    return anyOf(
      z
        .array(Rule)
        .parse(part)
        .map((one) => ofRule(one, beside)),
    )
  if (RELATIONS.includes(key)) return ofRule(part, beside)
  if (key === 'matches') return ofUtil(z.string().parse(part), beside)
  return ANYTHING
}

/** The words of a pattern, and what is asked of the variables that it binds. */
function ofPattern(pattern: string, beside: Beside): Need {
  const words = pattern.replace(METAVARIABLE, ' ').match(WORD) ?? []
  const bound = [...pattern.matchAll(METAVARIABLE)].flatMap(
    ([name]) => beside.constraints[name.slice(1)] ?? [],
  )
  return everyOf([...words.map(wordNeed), ...bound.map((rule) => ofRule(rule, beside))])
}

/** A rule by name. One that speaks of itself is not followed a second time. */
function ofUtil(name: string, { constraints, utils }: Beside): Need {
  const { [name]: util, ...others } = utils
  return util === undefined ? ANYTHING : ofRule(util, { constraints, utils: others })
}
