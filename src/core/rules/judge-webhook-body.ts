import type { Fact } from '#core/facts/fact'
import { factsOf, functionAround, isPython, surroundings } from '#core/rules/code'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { assignedTo } from '#core/rules/scope-text'

/** A request's body after a parser, as an expression. */
const PARSED_SCRIPT =
  /^(?:req|request|ctx\.request)\.body(?![\w.])|^(?:await\s+)?(?:req|request|c\.req)\.json\(\)/
const PARSED_PYTHON = /^(?:await\s+)?(?:flask\.)?request\.(?:json\b|get_json\(|json\(\))/
const SERIALISED = /(?:JSON\.stringify|json\.dumps)\(\s*([^()]*(?:\(\))?)/

/**
 * A signature that is checked over a body which was parsed and written again. The bytes differ
 * from those that were signed in spaces, key order, escapes and number formats.
 */
export const webhookBodyRewritten: Judgement = {
  names: ['check', 'body'],
  judge: (view) =>
    factsOf(view.file, 'signature-check').flatMap((fact) => {
      const body = rewrittenBody(view, fact)
      if (body === null) return []
      return [observe(view, fact, { names: { check: shortCallee(fact), body } })]
    }),
}

function shortCallee(fact: Fact): string {
  const names = (fact.captures['callee'] ?? '').match(/createHmac|hmac\.new|[\w$]+(?=\s*$)/)
  return names?.[0] ?? 'the check'
}

function rewrittenBody(view: View, fact: Fact): string | null {
  const python = isPython(view.file)
  const parsed = python ? PARSED_PYTHON : PARSED_SCRIPT
  const source = SERIALISED.exec(fact.text) ?? serialisedBefore(view, fact)
  const serialised = source?.[1]?.trim()
  if (serialised !== undefined && isParsed(view, fact, serialised, parsed))
    return source?.[0].concat(')') ?? null
  if (!/\bconstruct_?[eE]vent/.test(fact.captures['callee'] ?? '')) return null
  const first = fact.args[0] ?? ''
  // A body that the code takes for bytes comes from a parser that leaves it raw.
  if (/\bas (?:unknown as )?(?:Buffer|string|Uint8Array)\b/.test(first)) return null
  // `req.body` is raw where a raw parser ran, which another file may have set up.
  if (!python && /\.body$/.test(first)) return parsedForAll(view, fact) ? first : null
  return isParsed(view, fact, first, parsed) ? first : null
}

/** Names of a check that are followed. */
const MAX_WORDS = 40

/** The body written again into a variable that the check is then handed. */
function serialisedBefore({ file }: View, fact: Fact): RegExpExecArray | null {
  const text = surroundings(file, fact)
  const names = [fact.text, ...fact.args].flatMap((one) => one.match(/[A-Za-z_$][\w$]*/g) ?? [])
  for (const arg of new Set(names.slice(0, MAX_WORDS))) {
    const given = assignedTo(text, arg)
    const found = given.length === 1 ? SERIALISED.exec(given[0] ?? '') : null
    if (found?.index === 0) return found
  }
  return null
}

function isParsed(view: View, fact: Fact, expression: string, parsed: RegExp): boolean {
  if (parsed.test(expression)) return true
  if (!/^[\w$]+$/.test(expression)) return false
  if (isParsedParameter(view, fact, expression)) return true
  const given = assignedTo(surroundings(view.file, fact), expression)
  return given.length === 1 && parsed.test(given[0] ?? '')
}

/** A parameter that a framework fills with the parsed body, or that a check is handed as an object. */
function isParsedParameter({ file }: View, fact: Fact, name: string): boolean {
  const around = functionAround(file, fact)
  if (around === null) return false
  const text = file.text.slice(around.start, Math.min(around.end, around.start + MAX_HEAD))
  const escaped = RegExp.escape(name)
  if (isPython(file))
    return (
      new RegExp(`\\bdef\\s+\\w+\\([^)]*\\b${escaped}\\s*:\\s*(?:dict\\b|Dict\\[|Mapping)`).test(
        text,
      ) && /\bdef\s+(?:verify|is_valid|validate|check|authenticate)\w*\(|\bHeader\(/.test(text)
    )
  if (new RegExp(`@Body\\([^)]*\\)\\s*${escaped}\\b(?!\\s*:\\s*(?:string|Buffer)\\b)`).test(text))
    return true
  const handed = new RegExp(
    `[(,]\\s*${escaped}\\s*:\\s*(?:object|any|unknown|Record<|(?!(?:Buffer|Uint8Array|ArrayBuffer|String|Request|Response|Readable\\w*|IncomingMessage|FastifyRequest)\\b)[A-Z]\\w*\\b)`,
  )
  return (
    handed.test(text) &&
    /(?:verify|isValid|validate|isGenuine|isAuthentic|check)\w*\s*[(=:]/.test(
      text.slice(0, MAX_NAME),
    )
  )
}

/** Characters of a function in which its parameters stand, and of its name. */
const MAX_HEAD = 1_000
const MAX_NAME = 80

/** Whether this very file parses every body as JSON first and keeps no raw copy. */
function parsedForAll({ file }: View, check: Fact): boolean {
  if (/express\.raw|bodyParser\.raw|rawBody|\bverify\s*:|\braw\(/.test(file.text)) return false
  return factsOf(file, 'body-read').some(
    (fact) =>
      fact.captures['form'] === 'parser' &&
      fact.start < check.start &&
      /\.use\(\s*$/.test(file.lines[fact.line - 1]?.split(fact.text)[0] ?? ''),
  )
}
