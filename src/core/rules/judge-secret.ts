import type { SecretHit } from '#core/facts/secret-hit'
import { type CodeFile, factsOf } from '#core/rules/code'
import type { Judgement, Observation, View } from '#core/rules/observation'
import { showsForm } from '#core/rules/shown-form'

/** A comment, and one that holds code: `# KEY = 'value'`. Others show what a value looks like. */
const COMMENT = /^\s*(?:\/\/|\/?\*|#)/
const QUOTED_VALUE = /(?:=|:)\s*["'`]/

/** What is shown to explain something is announced a few lines above: "Sample response: { … }". */
const SHOWN = /^\W*(?:\w+\W+){0,6}(?:samples?|examples?|dummy|fake)\b/i
const ANNOUNCED_WITHIN = 8
/** The same on the line itself, as in a tag of a field: `example:"eyJ…"`. */
const LABELLED = /\bexamples?["']?\s?[:=]/i

/** Sites of documentation carry the key of their search, which may only search. */
const PAGES = /(?:^|\/)(?:docusaurus\.config\.[cm]?[jt]s|\.vitepress\/[^\n]+)$/

/** What fills a database for whoever tries the program. */
const SEEDS = /(?:sample|demo|dummy|fake)_?-?data/i

/** Keys that are made for pages: Stripe's publishable ones and the public tokens of Mapbox. */
const PUBLIC = /["'`]pk(?:_(?:live|test)_|\.eyJ)[\w.-]*["'`]/

/** Keys that open a playground, and those that everybody was given: their makers publish them. */
const PUBLISHED =
  /\b[sr]k_test_\w|services\/T0{8}\/B0{8}|AIzaSyAO_FJ2SlqU8Q4STEHLGCilw_Y9_11qcW8|54d7307928f63414defd96399fc31ba847961ceaecef3a5fd93144e960c0e151/
/** With these keys a program may only report about itself. */
const REPORTS = /\bmeasurement_?id\b|\bbugsnag\b/i
/** A database on this machine, and one of a compose file whose password is only its own name. */
const BESIDE =
  /:\/\/[^\s/:@"']{1,80}:[^\s/@"']{1,80}@(?:127\.0\.0\.1|localhost)(?=[:/"'])|:\/\/([^\s/:@"']{1,80}):[\w-]{0,40}(?:password|\1)@[\w-]+(?=[:/"'])/i
/** Settings and scripts of developers: a value made up for them is no credential. */
const OF_DEVELOPERS = /(?:^|\/)(?:dev|development)(?:\/|\.\w+$)|[-_.]dev(?:elopment)?\.\w+$/i
/** The label of what is found by the name of its variable. */
const BY_NAME = 'hard-coded secret'
/** What is found by a name, of a variable or in an address; all else has a form of its own. */
const NAMED: ReadonlySet<string> = new Set([BY_NAME, 'secret in a URL'])
/** A browser loads the maps with this key; it says for which pages it works. */
const MAPS_OF_PAGES = /maps\.googleapis\.com\/maps\/api\/js/
/** The line above says that an example follows: `insert("example".to_string(), …)`. */
const NAMES_EXAMPLE = /^\s*["']examples?["']/

/** What is looked up by a value, or by the field that it is given to: it tells things apart. */
function isLookedUp({ text }: CodeFile, line: string): boolean {
  const [, name = '', value = ''] =
    /(\w{2,60})["']?\s*(?::|=>?)\s*["'`]([\w-]{8,200})["'`]/.exec(line) ?? []
  if (value === '') return false
  const lookup = '\\b(?:where|find|filter|get|first)\\w{0,20}\\([^()\\n{}]{0,60}["\'`]'
  return new RegExp(
    `${lookup}(?:${RegExp.escape(value)}["'\`]|${RegExp.escape(name)}["'\`]\\s*,)`,
  ).test(text)
}

/** Settings of the tests. */
const OF_TESTS = /(?:^|\/)environments\/test\.rb$/
/** An app that is given out keeps no secret: https://www.rfc-editor.org/rfc/rfc8252#section-8.5 */
const OF_APP = /\bconst val CLIENT_SECRET\b/
const ID_OF_APP = /\bconst val CLIENT_ID\s*=\s*"/
/** What names a project of Firebase to its pages: https://firebase.google.com/docs/projects/api-keys */
const WEB_CONFIG = /\b(?:authDomain|messagingSenderId)\b/

/** Whether what stands there opens nothing that was closed. */
function opensNothing({ lines, language, text }: CodeFile, at: number): boolean {
  const line = lines[at - 1] ?? ''
  const near = lines.slice(Math.max(0, at - 3), at + 2).join('\n')
  if (language === 'kotlin' && OF_APP.test(line) && ID_OF_APP.test(text)) return true
  const config = lines.slice(Math.max(0, at - 8), at + 7).join('\n')
  if (/\bAIza/.test(line) && (WEB_CONFIG.test(config) || MAPS_OF_PAGES.test(text))) return true
  return PUBLIC.test(line) || PUBLISHED.test(line) || BESIDE.test(line) || REPORTS.test(near)
}

/** Names of what nobody else may have: other keys tell the apps of a service apart, which all copies carry. */
const SAYS_SECRET =
  /(?:secret|passw(?:or)?d|private_?key|(?:access|auth|api|bot|bearer)_?token)(?:_?(?:access_?|api_?)?key)?s?["']?\s*(?::\s*(?:str|string)\s*)?[:=]\s*["'`]/i
/** The client that is made with the key: `new Mailer({ apiKey: '…' })`. */
const MAKES_CLIENT =
  /(?<![\w$])(?!\w{0,40}(?:Settings|Config|Configuration|Options|Error|Exception|Dto)\()[A-Z]\w{0,60}\([^)\n]{0,200}[kK][eE][yY]["']?\s*[:=]\s*["'`]/i
/** Keys that say whose they are, `sk-…`, and those of random signs; a hash or a word says nothing. */
const LOOKS_MADE =
  /["'`](?=[\w-]{0,200}\d)[a-z]{2,8}[-_](?:[a-z]{2,8}[-_]){0,2}[A-Za-z0-9]{16,200}["'`]|[kK][eE][yY]["']?\s*[:=]\s*["'`](?=[^"'`]{0,200}[a-z])(?=[^"'`]{0,200}[A-Z])(?=[^"'`]{0,200}\d)[\w+/=-]{16,200}["'`]/
/** So often in such a time: `20/m/ip`. */
const RATE = /["'`]\d{1,6}\/[smhd]\b/
/** Functions that make something to show, or for tests. */
const MAKES_EXAMPLES = /^_?(?:get_?|make_?|create_?)?(?:samples?|examples?|fakes?|dummy|mock|stub)/i

/** Whether a value that is secret by its name alone is a developer's, names something, or is shown. */
function isMadeUp(file: CodeFile, at: number): boolean {
  const line = file.lines[at - 1] ?? ''
  if (![SAYS_SECRET, MAKES_CLIENT, LOOKS_MADE].some((one) => one.test(line))) return true
  const around = factsOf(file, 'function').findLast(
    (one) => one.captures['form'] === 'function' && one.line <= at && at <= one.endLine,
  )
  return (
    OF_DEVELOPERS.test(file.path) ||
    RATE.test(line) ||
    MAKES_EXAMPLES.test(around?.captures['name'] ?? '') ||
    isLookedUp(file, line)
  )
}

/** A credential that stands in the code, known by its form. */
export const secretInCode: Judgement = {
  names: ['label'],
  judge: (view) =>
    standing(view, ({ label }) => !NAMED.has(label)).map((hit) => ({
      ...observed(view.file, hit),
      names: { label: hit.label },
    })),
}

/** A value that is secret by its name alone: that of a variable, or of a part of an address. */
export const secretByName: Judgement = {
  names: [],
  judge: (view) =>
    standing(view, ({ label }) => NAMED.has(label))
      .filter(({ line, label }) => label !== BY_NAME || !isMadeUp(view.file, line))
      .map((hit) => observed(view.file, hit)),
}

function standing(
  { file, secrets }: View,
  wanted: (hit: SecretHit) => boolean,
): readonly SecretHit[] {
  if ([PAGES, SEEDS, OF_TESTS].some((one) => one.test(file.path))) return []
  return secrets
    .filter(wanted)
    .filter(({ line }) => isCode(file, line) && !opensNothing(file, line))
    .filter(({ line }) => !isShown(file.lines.slice(0, line)))
    .filter((hit) => !showsForm(file.lines[hit.line - 1] ?? '', hit))
}

function observed(file: CodeFile, { line }: SecretHit): Observation {
  const around = file.facts.filter((fact) => fact.line <= line && line <= fact.endLine)
  return {
    line,
    endLine: line,
    symbol: around.at(-1)?.scope?.name ?? null,
    range: { line, endLine: line },
    provider: null,
    names: {},
    evidence: [],
  }
}

function isCode({ lines, language }: CodeFile, at: number): boolean {
  const line = lines[at - 1] ?? ''
  if (PROMPT.test(line)) return false
  if (COMMENT.test(line)) return QUOTED_VALUE.test(line)
  return !isWithinComment(lines, at) && !(language === 'python' && isWithinDocstring(lines, at))
}

/** A session that a documentation shows: `>>> client = Client('key')`. */
const PROMPT = /^\s*(?:>>>|\.\.\.)\s/
/** A comment that began so many lines above holds a sample, not a line that was switched off. */
const LONGEST_COMMENT = 200

function isWithinComment(lines: readonly string[], at: number): boolean {
  const above = lines.slice(Math.max(0, at - 1 - LONGEST_COMMENT), at - 1).join('\n')
  return above.lastIndexOf('/*') > above.lastIndexOf('*/')
}

/** A text of many lines that belongs to no name tells how something is used. */
function isWithinDocstring(lines: readonly string[], at: number): boolean {
  const above = lines.slice(0, at - 1)
  for (const mark of ['"""', "'''"]) {
    const marks = above.reduce((sum, line) => sum + line.split(mark).length - 1, 0)
    const opened = above.findLast((line) => line.includes(mark)) ?? ''
    if (marks % 2 === 1 && new RegExp(`^\\s*[rR]?${mark}`).test(opened)) return true
  }
  return false
}

/** Whether the last of these lines, or what stands right above it, says that it is an example. */
function isShown(lines: readonly string[]): boolean {
  const line = lines.at(-1) ?? ''
  return (
    LABELLED.test(line) ||
    NAMES_EXAMPLE.test(lines.at(-2) ?? '') ||
    lines.slice(-1 - ANNOUNCED_WITHIN, -1).some((above) => SHOWN.test(above) && !/[=(]/.test(above))
  )
}
