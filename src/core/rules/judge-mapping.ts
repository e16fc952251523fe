import { assignedTo } from '#core/rules/scope-text'
import { bySigns, type Shown } from '#core/rules/text-signs'

const IMPORTED =
  /\b(?:csv|CSV|[cC]ells?|columns?|cols?|[fF]ields?|\w*[rR]ecords?|lines?|rows?|parts|XElement|Element\(|Attribute\(|payload|response|json|elements?|node|xml|import\w*|statement|entry|values?)\b/
const NEUTRAL =
  /InvariantCulture|InvariantGlobalization|CultureInfo|NumberFormatInfo|IFormatProvider/
const GERMAN =
  /\b(?:Betrag|Umsatz|Buchung\w*|Wertstellung|Preis|Menge|Waehrung|Währung|Valuta|Saldo|montant|importe|prezzo|bedrag)\b|(?:delimiter|separator|sep|col_sep)["']?\s*(?::|=>?|=)\s*["']; ?["']|(?:str_getcsv|fgetcsv)\([^)\n]{0,60}["'];["']|["']latin-?1["']|iso-?8859/i
/** Headers of HTTP are cut at a semicolon too: it says something of what is read from there. */
const CUT = /(?:split|explode)\([^)\n]{0,60}["'];["']/
const ROOT =
  /(\$?[A-Za-z_]\w{0,60})(?:\.trim\(\)|\?|\.\w{1,60}|->\w{1,60}|\[[^\]\n]{1,40}\])*\s*\)?(?:\.strip)?(?:\.to_f)?$/
const COMMA_HANDLED =
  /replace(?:All)?\(|str_replace|\.tr\(|gsub|sub\(|NumberFormatter|parseAmount|parse_amount|toCents|Intl\.|numeral|localeparse|split\(\s*["']\.|\bde_DE\b|Locale/

/** Numbers and dates read or written as the host is set up, or as another country writes them. */
export const hostNotation = bySigns([
  {
    pattern:
      /(?<![\w.])(?:decimal|double|float|Decimal|Double|DateTime|DateTimeOffset|DateOnly)\.Parse\(\s*(?:[^(),"\n]|"[^"\n]{0,40}"|'[^'\n]'|\((?:[^()\n]|\([^()\n]{0,60}\)){0,80}\)){1,120}\)|(?<![\w.])Convert\.To(?:Decimal|Double|DateTime)\(\s*[\w.]{1,60}(?:\[[^\]\n]{1,40}\]|\.GetString\(\))[!]?\s*\)/g,
    languages: ['csharp'],
    only: [IMPORTED],
    unlessFile: /DefaultThreadCurrentCulture|InvariantGlobalization|CurrentCulture\s*=/,
    holds: ({ match }) => !NEUTRAL.test(match[0]),
  },
  {
    pattern:
      /(?<![\w.])(?:decimal|double|float|DateTime|DateTimeOffset)\.TryParse\(\s*[^(),\n]{1,60}(?:\([^()\n]{0,40}\))?\s*,\s*out\b/g,
    languages: ['csharp'],
    only: [/\b(?:[cC]ells?|columns?|line|rows?|record|csv|Csv|XElement|xml)\b/],
    unlessFile: /DefaultThreadCurrentCulture|CurrentCulture\s*=/,
  },
  // A form with a thousand points and a comma, cut at the comma.
  {
    pattern:
      /\b(?:parseFloat|Number\.parseFloat|Number)\(\s*[\w$.?]{1,60}(?:\[[^\]\n]{1,40}\])?(?:\.trim\(\))?\s*\)|\((?:float|double)\)\s*\$\w+(?:\[[^\]\n]{1,40}\]|->\w+)|\bfloatval\(\s*\$\w+(?:\[[^\]\n]{1,40}\]|->\w+)\s*\)|\w+\[[^\]\n]{1,40}\](?:\.strip)?\.to_f\b/g,
    languages: ['typescript', 'javascript', 'php', 'ruby'],
    onlyFile: new RegExp(`${GERMAN.source}|${CUT.source}`, 'i'),
    only: [
      /[bB]etrag|[aA]mount|[pP]reis|[pP]rice|[sS]aldo|[bB]alance|[uU]msatz|[tT]otal|[sS]umme?\b|[mM]enge|[qQ]uantity|montant|importe|[cC]ost|[vV]alue|[bB]ooking|[iI]nvoice|[pP]ayment|[bB]ank/,
    ],
    unless: [COMMA_HANDLED],
    holds: (shown) => GERMAN.test(shown.code) || isCut(shown),
  },
  // What is written for another system in the notation of the host.
  {
    pattern:
      /\bString\.format\(\s*"[^"\n]{0,120}%\.?\d*\.\df[^"\n]{0,80}"\s*,[^;\n]{0,120}|"[^"\n]{0,120}%\.\df[^"\n]{0,80}"\.(?:format|formatted)\([^;\n]{0,80}/g,
    languages: ['java', 'kotlin'],
    only: [
      /[aA]mount|[pP]rice|[tT]otal|[gG]ross|[nN]et\b|[wW]eight/,
      /[hH]ttp|[cC]sv|CSV|[xX]ml|XML|[jJ]son|JSON|[rR]equest|[pP]ayload|append\(/,
    ],
    unless: [/Locale\.|log\w*\.(?:info|debug|warn)\([^;\n]{0,40}String\.format/],
  },
  {
    pattern:
      /\b\w*(?:[aA]mount|[pP]rice|[tT]otal|[gG]ross|[nN]et|[wW]eight)\w*(?:\.\w+)?\.ToString\(\s*"(?:[FN]\d?|0\.0+|#[^"\n]{0,20})"\s*\)|\{[^{}\n]{0,60}(?:[aA]mount|[pP]rice|[tT]otal|[wW]eight)\w*:(?:[FN]\d?|0\.0+)\}/g,
    languages: ['csharp'],
    only: [
      /[cC]sv|[xX]ml|XElement|[fF]orm(?:Url)?Encoded|[rR]equest|[pP]ayload|AppendLine|WriteLine|query/,
    ],
    unlessFile: /InvariantCulture|FormattableString\.Invariant|InvariantGlobalization/,
    holds: (shown) => !isForPeople(shown),
  },
])

/** Whether what is read as a number was cut from a line at semicolons, as far as the function shows. */
function isCut({ match, around }: Shown): boolean {
  if (!CUT.test(around)) return false
  const name = ROOT.exec(match[0].trim())?.[1] ?? ''
  const given = assignedTo(around, name)
  if (given.length > 0) return given.some((one) => CUT.test(one))
  const taken = new RegExp(
    `[[(][^\\])\\n=]{0,120}${RegExp.escape(name)}\\b[^\\])\\n=]{0,120}[\\])]\\s*=(?!>)([^\\n]{0,200})`,
  ).exec(around)?.[1]
  return taken === undefined || CUT.test(taken)
}

/** How many there are of something. */
const COUNTED =
  /(?:[rR]ecords?|[cC]ounts?|[rR]ows|[iI]tems|[pP]ages|[fF]iles|[eE]ntries|[lL]ines|[bB]ytes)$/

/** A number that is written for somebody to read: in a message or a log, or how many there are. */
function isForPeople({ match, code, around }: Shown): boolean {
  const name = match[0].replace(/^\{/, '').replace(/(?:\.ToString\([\s\S]*|:[^:]*)$/, '')
  if (COUNTED.test(name)) return true
  const before = code.slice(Math.max(0, match.index - 120), match.index)
  if (/[lL]og\w*\(|throw|[lL]abel|Message|\bmsg\b/.test(before)) return true
  const text = /(\w{1,60})\.Append(?:Line|Format)?\([^;]{0,120}$/.exec(before)?.[1]
  return (
    text !== undefined &&
    new RegExp(`[lL]og\\w*(?:\\.\\w{1,30})?\\([^;\\n]{0,80}\\b${text}\\.ToString\\(`).test(around)
  )
}

const GOOD =
  '(?:paid|PAID|Paid|settled|SETTLED|Settled|succe(?:ss|eded|ssful)|SUCCE(?:SS|EDED)|Succe(?:ss|eded)|completed?|COMPLETED?|Completed?|delivered|DELIVERED|Delivered|approved|APPROVED|Approved|captured|CAPTURED|Captured|confirmed|CONFIRMED|Confirmed|refunded|REFUNDED|shipped|SHIPPED|Shipped|active|ACTIVE|Active|verified|VERIFIED|Verified|cleared|CLEARED|Cleared|accepted|ACCEPTED|Accepted)'
const STATE = `[:]{0,2}["']?(?:\\w+(?:\\.|::|\\\\)){0,3}(?:(?:Status|State|Outcome)_?)?${GOOD}(?:::?\\w+)?["']?`
const ABOUT_STATE = /[sS]tat(?:us|e)|STAT(?:US|E)|[oO]utcome|[rR]esult_?[cC]ode|[cC]ondition/

/** A state that nobody knew when the code was written counts as the good end. */
export const unknownAsGood = bySigns([
  {
    pattern: new RegExp(
      `(?:\\.get(?:OrDefault)?|\\.fetch|\\.GetValueOrDefault|getOrDefault)\\(\\s*(?!["'])[\\w.$\\[\\]"'()?!]{1,60}\\s*,\\s*${STATE}\\s*\\)`,
      'g',
    ),
    holds: (shown) => isAboutState(shown),
  },
  {
    pattern: new RegExp(
      `\\w*(?:STAT|[sS]tat|MAP|[mM]ap|[oO]utcome|OUTCOME)\\w*\\??\\.?\\[[^\\]\\n]{1,60}\\]\\s*(?:\\?\\?|\\|\\||\\?:)\\s*${STATE}`,
      'g',
    ),
    holds: (shown) => isAboutState(shown),
  },
  {
    pattern: new RegExp(
      `(?:\\bdefault\\s*(?::|->|=>)|\\bcase\\s+_\\s*:|\\n[ \\t]*_\\s*=>|\\n[ \\t]*else\\s*->|\\n[ \\t]*else\\b(?!\\s+if)(?=\\s*\\n))\\s*(?:return\\s+|\\{\\s*return\\s+|\\w{1,30}(?:\\.\\w{1,30})?\\s*=\\s*)?(?:Ok\\(|Some\\()?${STATE}\\s*\\)?\\s*(?:[;,})]|\\n)`,
      'g',
    ),
    holds: (shown) => isAboutState(shown) && isChosenByState(shown),
  },
])

/** What a choice is made by: `switch (x)`, `match x`, `when (x)`, `case x` of Ruby, `x switch`. */
const CHOICE =
  /\bswitch\b[ \t]*\(?[^\n{]{0,120}|\bmatch\b[ \t]*\(?[^\n{:]{1,120}|\bwhen[ \t]*\([^\n]{0,120}|\bcase[ \t]+[^\n:]{1,80}(?=\n)|[\w.?()]{1,60}[ \t]+switch\b/g

/** The choice is by a state; one by variants of an own type in Rust has no others. */
function isChosenByState({ match, code, file }: Shown): boolean {
  const before = code.slice(Math.max(0, match.index - 1_500), match.index)
  const choice = [...before.matchAll(CHOICE)].at(-1)
  if (choice === undefined) return true
  if (!ABOUT_STATE.test(choice[0])) return false
  return (
    file.language !== 'rust' ||
    /["\d][ \t]*(?:\||=>)/.test(before.slice(choice.index + choice[0].length))
  )
}

function isAboutState({ match, code }: Shown): boolean {
  const before = code.slice(Math.max(0, match.index - 700), match.index)
  const near = before + match[0]
  const choice = Math.max(
    ...['switch', 'match', 'case ', 'when', 'MAP', 'STAT', 'Stat', '.get', 'fetch'].map((w) =>
      near.lastIndexOf(w),
    ),
  )
  return (
    choice >= 0 &&
    ABOUT_STATE.test(near) &&
    !/\b(?:filter|tab|sort|query|searchParams|args)\b/.test(match[0])
  )
}

const UNIT_KEY =
  '(?:\\w*[a-z](?:Eur|EUR|Usd|USD|Gbp|GBP|Chf|Kg|KG|Grams|Lbs|Cm|Mm|Km|Meters|Litres|Celsius)|\\w+_(?:eur|usd|gbp|chf|kg|grams|lbs|cm|mm|km|meters|litres|celsius)|(?:price|amount|total|weight)(?:InEur|InKg))'
const MEASURED =
  '[\\w$.?!\\[\\]\'"()>-]{1,60}(?:\\.|->|\\[["\']|get|["\']\\)\\.get\\(["\'])(?:[aA]mount|[vV]alue|[pP]rice|[wW]eight|[tT]otal|[nN]et|[gG]ross|[lL]ength|[wW]idth|[hH]eight|[dD]istance|[tT]emperature|[qQ]uantity)\\b'

/**
 * A distance that comes as a pair: the text is for people, in their units, and the number is one of
 * metres: https://github.com/googlemaps/google-maps-services-js/blob/HEAD/src/common.ts.
 */
const PAIR_OF_DISTANCE =
  /\b[dD]istance(?:\(\))?["']?\]?\??(?:\.|->|\[["'])[tT]ext\b|\b[dD]istance\??["']?\s*:\s*\{[^{}]{0,80}\btext\b/
const METRES = /^\w*meters["']?\s*(?::|=)[\s\S]*[dD]istance\W{1,8}[vV]alue$/i

/** A number whose unit came with it is stored under the name of one unit, and the unit is not read. */
export const unitNotRead = bySigns([
  {
    pattern: new RegExp(
      `\\b${UNIT_KEY}["']?\\s*(?::|=>|:?=(?!=))\\s*(?:\\w+\\()?\\s*${MEASURED}`,
      'g',
    ),
    unless: [
      /(?:\.|->|\[["':]|get)_?(?:\w+_)?(?:[cC]urrency|[uU]nits?\b|[wW]eightUnit)|[cC]onvert|to_?(?:kg|eur|grams|cm)\b|toKg|toEur|toGrams|exchange|fx_?[rR]ate|2\.20|0\.45|453\.|2\.54|100\.?0?\s*\)?$/,
    ],
    holds: ({ match, code, file }) => {
      if (/\.[jt]sx$/.test(file.path)) return false
      if (METRES.test(match[0].trim()) && PAIR_OF_DISTANCE.test(code)) return false
      const nested =
        /(?:price|amount|total|money|weight|charge|cost|distance)(?:\(\))?["']?\]?(?:\)|\?)?(?:\.|->|\[["'])(?:amount|value)\b/i.test(
          match[0],
        )
      return (
        nested ||
        (/\b(?:currency|unit|weight_?[uU]nit|[cC]urrency)\b/.test(code) && !/\bconvert/i.test(code))
      )
    },
  },
])
