import type { Fact, Language } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { type CodeFile, factsOf, isPython } from '#core/rules/code'
import { codeOnly, splitTopLevel } from '#core/rules/code-text'
import { type Around, functionsAround, givenTo, type Parameter } from '#core/rules/given'

/**
 * How much of a value somebody outside has to choose: any part of a text (`part`) or of a file's
 * path (`path`), the host of an address (`address`), or an object in place of a plain value
 * (`object`).
 */
export const OUTSIDE = ['part', 'path', 'address', 'object'] as const
export type Outside = (typeof OUTSIDE)[number]

const MAX_STEPS = 6
const MAX_EXPRESSION = 2_000

/** What frameworks for Node keep of a request. Parameters of a path are texts, all others may be objects. */
const SCRIPT_OBJECTS =
  /^(?:(?:this\.)?(?:req|request)|ctx\.(?:req|request)|ctx|c\.req)\??\.(?:body|query)\b|^(?:req|request|c\.req|ctx\.req)\.json\(\)/
const SCRIPT_TEXTS =
  /^(?:(?:this\.)?(?:req|request)|ctx\.(?:req|request)|ctx)\??\.(?:params|headers|cookies|file|files)\b|^c\.req\.(?:query|param|header)\(|^(?:req|request)\.(?:get|header|param)\(|^(?:req|request)\.nextUrl\.searchParams|^new URL\((?:req|request|c\.req)\.url\b[^)]{0,80}\)\.searchParams|^event\??\.(?:body|queryStringParameters|pathParameters|multiValueQueryStringParameters|headers)\b/
const PYTHON_OBJECTS =
  /^(?:self\.)?(?:flask\.)?request\.(?:json\b(?!\()|get_json\(|json\(\)|data\b)/
const PYTHON_TEXTS =
  /^(?:self\.)?(?:flask\.)?request\.(?:args|form|values|GET|POST|query_params|path_params|match_info|query|files|FILES|headers|META|cookies|COOKIES|body\b|get_data\(|view_args|stream\(|body\(\)|form\(\))/

/** What a delivery or a message is called where a function is handed one. */
const HANDED =
  /^(?:payload|event|body|dto|webhook|notification|delivery|submission|inbound|message|msg|job|envelope|webhook_?(?:event|payload|data|body)|event_?data|raw_?event|query_?params)$/i
const HANDED_TYPE = /:\s*\w*(?:Dto|DTO)\b/
/** Parameters that a framework fills from the request. */
const BOUND = /@(?:Body|Query|Param|Headers|UploadedFile)\(/
/** Pipes and types that leave nothing dangerous. */
const HARMLESS_TYPE =
  /Parse(?:Int|UUID|Enum|Float|Bool)Pipe|:\s*(?:number|boolean|bigint|Date|int|float|bool|UUID|uuid\.UUID|Decimal|date|datetime|Literal|Annotated\[int|Optional\[int|int\s*\|)|\bDepends\(|\bSecurity\(|:\s*\w*(?:Session|Request|Response|BackgroundTasks|Settings|Client|Redis|Service|Repository|Enum)\b/

/** What hands a text on as it came. */
const WRAPS =
  /^(?:String|str|decodeURIComponent|decodeURI|unquote|Buffer\.from|(?:\w+\.)?path\.(?:join|resolve)|(?:os\.path|posixpath)\.join|Path|pathlib\.Path|JSON\.parse|json\.loads|orjson\.loads|new URL|text|sa\.text|sqlalchemy\.text|Prisma\.raw|sql\.raw|parse_qs|dict|[\w$.]*[sS]chema\.(?:parse|parseAsync)|[A-Z]\w*\.(?:parse|model_validate(?:_json)?|parse_obj))\(/
/** Methods that leave the text what it was, or take a part of it. */
const KEEPS =
  /\.(?:trim|toString|toLowerCase|toUpperCase|normalize|replace|replaceAll|split|slice|substring|at|pop|shift|get|decode|encode|strip|lower|upper|lstrip|rstrip|removeprefix|removesuffix|partition|items|values|copy|json|text|read)$/

/** One question: whether a value of a place in a file comes from outside. */
interface Question {
  readonly file: CodeFile
  readonly around: readonly Around[]
  readonly outside: Outside
  /** The expression that was asked about. */
  readonly asked: string
  readonly seen: Set<string>
}

/** Whether somebody outside chooses an expression that a fact captured. */
export function comesFromOutside(
  file: CodeFile,
  fact: Fact,
  expression: string,
  outside: Outside,
): boolean {
  const around = functionsAround(file, fact)
  const question = { file, around, outside, asked: expression, seen: new Set<string>() }
  return isOutside(question, expression, 0)
}

function isOutside(question: Question, written: string, step: number): boolean {
  const text = bare(written)
  if (step > MAX_STEPS || text === '' || text.length > MAX_EXPRESSION) return false
  const parts = partsOf(question, text)
  if (parts !== null) return parts.some((part) => isOutside(question, part, step + 1))
  if (question.outside !== 'object') {
    const wrapped = WRAPS.exec(text)
    if (wrapped !== null && text.endsWith(')')) {
      const args = splitTopLevel(text.slice(wrapped[0].length, -1), question.file.language)
      const taken = question.outside === 'address' ? args.slice(0, 1) : args
      return taken.some((arg) => isOutside(question, arg, step + 1))
    }
  }
  return isOutsidePath(question, text, step)
}

/** An expression without what changes nothing about its value. */
function bare(written: string): string {
  let text = written
    .trim()
    .replace(/[;,]+$/, '')
    .trim()
  for (let before = ''; before !== text; ) {
    before = text
    text = text
      .replace(/^(?:await|return|yield)\s+/, '')
      .replace(/\s+as\s+[\w.<>[\]| ]{1,80}$/, '')
      .replace(/!$/, '')
      .trim()
    if (/^\([\s\S]*\)$/.test(text) && isOnePair(text)) text = text.slice(1, -1).trim()
  }
  return text
}

function isOnePair(text: string): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    else if (text[at] === ')') depth -= 1
    if (depth === 0) return at === text.length - 1
  }
  return false
}

/** The expressions of which one becomes part of the value; null for an expression that is one. */
function partsOf({ file, outside }: Question, text: string): readonly string[] | null {
  const inText = interpolated(text, outside)
  if (inText !== null) return inText
  const either = choicesOf(file, text)
  if (either.length > 1) return outside === 'address' ? either.slice(0, 1) : either
  if (outside === 'object') return null
  const filled = filledIn(file, text)
  if (filled !== null) return outside === 'address' ? [] : filled
  const joint = outside === 'path' && isPython(file) ? /^\s*[+/]\s*/ : /^\s*\+\s*/
  const added = splitAt(text, joint, file.language)
  if (added.length === 1) return null
  return outside === 'address' ? hostOfSum(added) : added
}

/** The values of `a ?? b` and `a ? b : c`. */
function choicesOf(file: CodeFile, text: string): readonly string[] {
  if (isPython(file)) return splitAt(text, /^\s+(?:or|if|else)\s+/, file.language)
  const choice = /^[^?"'`]{1,200}\?(?![.?])\s*([^:]{1,300})\s*:\s*([\s\S]{1,300})$/.exec(text)
  if (choice !== null) return [choice[1] ?? '', choice[2] ?? '']
  return splitAt(text, /^\s*(?:\?\?|\|\|)\s*/, file.language)
}

/** What `'…'.format(…)` and Python's `'…' % …` fill in. */
function filledIn(file: CodeFile, text: string): readonly string[] | null {
  const formatted = /^(?:["'][\s\S]*["'])\.format\(([\s\S]*)\)$/.exec(text)?.[1]
  const values = isPython(file) ? /^["'][\s\S]*["']\s*%\s*([\s\S]+)$/.exec(text)?.[1] : undefined
  const filled = formatted ?? values?.replace(/^\(|,?\s*\)$/g, '')
  return filled === undefined ? null : splitTopLevel(filled, file.language)
}

/** What stands in a text with values: all of them, or for an address that in the place of its host. */
function interpolated(text: string, outside: Outside): readonly string[] | null {
  const quoted = /^(?:`([\s\S]*)`|[rR]?[fF][rR]?("""|'''|"|')([\s\S]*)\2)$/.exec(text)
  if (quoted === null) return /^[rRbBuU]{0,2}(["'])(?:(?!\1)[^\\]|\\.)*\1$/.test(text) ? [] : null
  if (outside === 'object') return []
  const script = quoted[1] !== undefined
  const inner = quoted[1] ?? quoted[3] ?? ''
  if (outside === 'address') {
    const host = (
      script
        ? /^(?:https?:\/\/)?\$\{([^{}]{1,200})\}(?=[/:?#]|$)/
        : /^(?:https?:\/\/)?\{([^{}]{1,200})\}(?=[/:?#]|$)/
    ).exec(inner)
    return host === null ? [] : [host[1] ?? '']
  }
  const values = script ? /\$\{([^{}]{1,300})\}/g : /\{([^{}]{1,300})\}/g
  return [...inner.matchAll(values)].map(([, value = '']) => value.replace(/![rsa]$/, ''))
}

/** `'https://' + host + '/path'`: the second part is the host. */
function hostOfSum(parts: readonly string[]): readonly string[] {
  const [first = '', second = ''] = parts
  return /^["'`]https?:\/\/["'`]$/.test(first.trim()) ? [second] : [first]
}

/** Parts between operators that stand in no bracket and no string. */
function splitAt(text: string, operator: RegExp, language: Language): readonly string[] {
  const code = codeOnly(text, language)
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < code.length; at += 1) {
    const here = code[at] ?? ''
    if ('([{'.includes(here)) depth += 1
    else if (')]}'.includes(here)) depth -= 1
    const found = depth === 0 && at > from ? operator.exec(code.slice(at, at + 12)) : null
    if (found === null) continue
    parts.push(text.slice(from, at))
    from = at + found[0].length
    at = from - 1
  }
  return [...parts, text.slice(from)]
}

const PATH =
  /^(?:new URL\([^()]{1,100}\)|[A-Za-z_$][\w$]*)(?:\??\.[\w$]+|\??\.?\[[^\][]{1,80}\]|\((?:[^()]|\([^()]*\)){0,200}\))*$/

/** A name with what is taken of it: the request itself, a parameter, or what was given to the name. */
function isOutsidePath(question: Question, text: string, step: number): boolean {
  const { file, around, outside, seen } = question
  if (!PATH.test(text) || isChecked(question, text)) return false
  if (isOfRequest(file, text, outside)) return keepsAll(text)
  const root = /^[A-Za-z_$][\w$]*/.exec(text)?.[0] ?? ''
  if (outside === 'address' && isOfForm(question, text, root)) return true
  if (root === '' || seen.has(root) || !keepsAll(text)) return false
  seen.add(root)
  for (const one of around) {
    const parameter = one.parameters.find(({ name }) => name === root)
    if (parameter !== undefined) return isHanded(question, one, parameter, text)
    const given = givenTo(one.text, root, file)
    if (given.length > 0) return given.some(({ value }) => isOutside(question, value, step + 1))
  }
  return false
}

/** A form or a serializer of Django, Flask and their kin: what it holds has the right form, and leads anywhere. */
const FORM_FIELD =
  /^\w+\.(?:(?:validated_data|cleaned_data)(?:\[["']\w+["']\]|\.get\(["']\w+["'][^()]{0,20}\))|\w*(?:url|uri|link|href)\w*\.data)$/
const FILLED_FORM =
  /^(?:[\w.]*[A-Z]\w*|self\.get_(?:serializer|form))\((?:[\s\S]{0,200}\brequest\.(?:data|POST|GET|query_params|get_json\(|json)|\s*\)$)/

function isOfForm({ file, around }: Question, text: string, root: string): boolean {
  if (!isPython(file) || !FORM_FIELD.test(text)) return false
  return around.some((one) =>
    givenTo(one.text, root, file).some(({ value }) => FILLED_FORM.test(value)),
  )
}

function isOfRequest({ language }: CodeFile, text: string, outside: Outside): boolean {
  if (language === 'python')
    return PYTHON_OBJECTS.test(text) || (outside !== 'object' && PYTHON_TEXTS.test(text))
  return SCRIPT_OBJECTS.test(text) || (outside !== 'object' && SCRIPT_TEXTS.test(text))
}

/** Whether all that is called on the way hands the value on. */
function keepsAll(text: string): boolean {
  const calls = [...text.matchAll(/((?:new )?[\w$.?\]]+)\(/g)].map(([, name = '']) => name)
  return calls.every(
    (name) =>
      KEEPS.test(name.replaceAll('?', '')) ||
      /^(?:new URL|c\.req\.\w+|req\.(?:get|header|param|json)|request\.(?:get|header|param|get_json|get_data|body|form|stream|json)|(?:self|flask)\.request\.\w+)$/.test(
        name,
      ),
  )
}

const ADDRESS_FIELD = /(?:url|uri|href|link|callback|avatar|logo|image)["'\])]*$/i

/** Where somebody wants to be told: it was stored when they subscribed. */
const SUBSCRIBED = /^webhook\b\W{1,4}(?:target_?|endpoint_?)?ur[il]\b/i

/** The file that such a method of a class's own is handed is on its way out. */
const SENDS = /^_{1,2}(?:send|post|put|upload|request|fetch)(?:_message|_request)?$/

/** A parameter that the framework fills from the request, or that is called what arrives. */
function isHanded(
  { file, outside, asked }: Question,
  around: Around,
  { name, written }: Parameter,
  path: string,
): boolean {
  if (HARMLESS_TYPE.test(written)) return false
  if (outside === 'object')
    return BOUND.test(written) && /:\s*(?:any|unknown|object|Record<)/.test(written)
  if (BOUND.test(written)) return true
  if (outside === 'address' && SUBSCRIBED.test(path) && !HANDED_TYPE.test(written)) return false
  if (isPython(file) && isOfRoute(file, around.fact, name, outside)) return true
  if (!isArrival(around, { name, written }, outside) || path === name) return false
  if (outside !== 'address') return true
  // An address in a message may be one of our own; a field that says so is the sender's.
  return ADDRESS_FIELD.test(path) || ADDRESS_FIELD.test(asked)
}

function isArrival({ fact }: Around, { name, written }: Parameter, outside: Outside): boolean {
  if (outside === 'path' && SENDS.test(fact.captures['name'] ?? '')) return false
  return HANDED.test(name) || HANDED_TYPE.test(written)
}

/** A parameter of a route in Flask or FastAPI: from the path, the query or the body. */
function isOfRoute(file: CodeFile, fact: Fact, name: string, outside: Outside): boolean {
  const route = factsOf(file, 'route-handler').find(
    (one) => one.captures['form'] === 'decorated' && within(fact, one),
  )
  if (
    route === undefined ||
    /^(?:self|cls|db|session|client|request|settings|user|current_user)$/.test(name)
  )
    return false
  // A part of a path holds no slash where the route does not say so.
  const plain = outside === 'path' ? '[<{](?:\\w+:)?NAME[>}]' : '<(?:int|uuid|float):NAME>'
  return !new RegExp(plain.replace('NAME', RegExp.escape(name))).test(route.captures['path'] ?? '')
}

/** Whether the code looks at a value before: in a list, by a pattern, or in a function that says so. */
function isChecked({ around, file }: Question, path: string): boolean {
  const text = around.map((one) => one.text).join('\n')
  const value = RegExp.escape(path)
  const last = RegExp.escape(/([\w$]+)["'\])]*$/.exec(path)?.[1] ?? path)
  const looked = new RegExp(
    `(?:\\.(?:includes|has|test|indexOf|exec|fullmatch|match)|\\b(?:in_array|re\\.\\w+))\\((?:[^()\\n]{0,80},\\s*)?(?:String\\()?${value}\\b|\\b(?:if|and|or|not)\\s+${value}\\s+(?:not\\s+)?in\\b|\\w*(?:[aA]llow|[sS]afe|[vV]alid|[pP]ermit|[pP]ublic|[tT]rust|[aA]ssert|[cC]heck(?!out)|[sS]anit|[eE]scape|[vV]erif[yi])\\w*\\((?:[^()\\n]{0,80},\\s*)?${value}\\s*[,)]`,
  )
  if (looked.test(text)) return true
  return new RegExp(
    `\\b${last}\\b["']?\\s*[:=]\\s*(?:z\\.(?:enum|literal|coerce\\.number|number)|Literal\\[|Joi\\.\\w+\\(\\)\\.valid)`,
  ).test(file.text)
}
