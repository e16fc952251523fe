import { splitTopLevel } from '#core/rules/code-text'
import { isHandedIn } from '#core/rules/handed-in'
import { isMadeDate } from '#core/rules/made-dates'
import { isRunByHand } from '#core/rules/run-by-hand'
import { assignedTo } from '#core/rules/scope-text'
import { bySigns, isOfRequest, type Shown } from '#core/rules/text-signs'

/** A value in a text, as the languages write it: `${x}`, `#{x}`, `{x}`, `" + x + "`, `%s`. */
const VALUE =
  '(?:\\$\\{\\s*(?<a>[\\w$.?!\\[\\]\'"()&]{1,80}?)\\s*\\}|#\\{\\s*(?<b>[\\w@.?!\\[\\]\'":()&]{1,80}?)\\s*\\}|\\{\\s*(?<c>\\$?[\\w.?!\\[\\]\'"()>-]{1,80}?)\\s*(?:![rs])?\\}|\\$(?<d>[a-z_]\\w*(?:->\\w+){0,3})|["`]\\s*\\+\\s*(?<e>[\\w.?!\\[\\]\'"()]{1,80}?)\\s*\\+\\s*["`]|["\']\\s*\\.\\s*(?<f>\\$[\\w>\\[\\]\'"()-]{1,80}?)\\s*\\.\\s*["\']|%s|%\\d\\$s)'
/** Keys, dates and numbers, which nobody fills with quotes. */
const OWN =
  /(?:^|[._\]>])(?:id|uuid|guid|pk|key|code|type|date|since|now|from|to|start|end|ts|timestamp|cursor|limit|offset|page|table|schema|version|namespace|currency|amount|lang|locale|index|count|size|number)(?:\(\)|['"]?\])?$|(?:Id|ID|_id|Ids|At|_at|Date|_date|Time|_time|Iso|ISO|Code|Type|Version|Currency|Amount|Count|Number|Uuid|UUID|Url|_url|Xml|XML|_xml)(?:\(\)|['"]?\])?$|^[A-Z][A-Z0-9_.]*$|^[A-Z]\w*(?:\.|::)[A-Z][A-Z0-9_]*(?:\.value)?$|^(?:this|self)\.(?:config|settings|options)|config|settings|format|iso|ISO|strftime|toFixed|toString\(|escape|esc|encode|quote|sanit|safe|xml|e\(|h\(|uuid|UUID|Date|date|\(\)\.\w*[iI]d\b|^\w+\(\w|^\d+$/
const MADE_SAFE =
  /escape(?!d?DataString)|(?<!ur[il]_|Ur[il]|\.parse\.)\b[qQ]uot(?:e|ed|ing)\w{0,10}\(|sanit|\.replace(?:All|_all)?\(\s*(?:["'`/]\\?["']|\/\[?['"<&])|replace\("'"|gsub\(|str_replace\(\s*["'][\\'"]|ReplaceAll\(\w+,\s*["`]['"]|NewReplacer\(|preg_match|\.(?:test|fullmatch|matches|IsMatch|MatchString)\(|[vV]alidat|allow|filter_format|FilterEncoder|encodeFilter|EscapeFilter|XmlConvert|SecurityElement|htmlspecialchars|CDATA|[xX]mlEncode|EscapeText|encode_entities|escapeXml|addslashes/
const NO_QUOTES =
  /Uri\.EscapeDataString|encodeURIComponent|quote_plus|url_?encode|QueryEscape|CGI\.escape|ERB::Util\.url_encode/g

/** Before a value in a text that asks: OData, SOQL, JQL, LDAP, XPath, Cypher, the queries of drives. */
const ASKS =
  '(?:\\b(?:eq|ne|like|LIKE)\\s+|\\b(?:contains|startswith|endswith|substringof|startsWith|text|search|fullText)\\s*\\(?\\s*(?:[\\w./]{1,40},\\s*|~\\s*|contains\\s*)|\\b[A-Za-z_][\\w.]{0,60}\\}?\\s*(?:=|!=|~)\\s*)'
const ASKING =
  /\$filter|\bOData|\bjql\b|\bJQL\b|\bsoql\b|\bSOQL\b|\bSOSL\b|FIND\s*\{|\bldap|LDAP|\/\/[\w:*]+\[|\bMATCH\s*\(|\bsf\.query|[sS]alesforce|\bfiles\.list\(|files\(\)\.list|\bcql\b|kql|KQL|\bSearchRequest\b|\bquery\s*\{|\bmutation\b|filter_?[bB]y_?[fF]ormula|filterByFormula|\bsuiteql\b/

/** In a statement that may be SQL only what comes with a request is somebody else's. */
function isByRequest(shown: Shown): boolean {
  const value = writtenValue(shown)
  return (
    value !== null &&
    /\bSELECT\s+[\w,\s.*()]{1,400}\bFROM\s|\bWHERE\b/.test(shown.around) &&
    isOfRequest(shown, value)
  )
}

function writtenValue({ match }: Shown): string | null {
  const { a, b, c, d, e, f } = match.groups ?? {}
  return a ?? b ?? c ?? d ?? e ?? f ?? null
}

function isFree(shown: Shown): boolean {
  const value = writtenValue(shown)
  const plain = shown.around.replace(NO_QUOTES, 'plain')
  if (MADE_SAFE.test(plain)) return false
  if (value !== null)
    return !OWN.test(value) && isHandedIn(shown, value) && !isMadeDate(shown, value)
  const rest = shown.code.slice(shown.match.index, shown.match.index + 300)
  return /\b(?:\w*(?:[nN]ame|[eE]mail|[tT]erm|[qQ]uery|[sS]earch|[tT]itle|[sS]ubject|[pP]hone|[cC]ompany|[aA]ddress|[cC]omment|[rR]eason|[lL]ogin|[tT]ext)\b|\w+\.(?:get|args|form)\()/.test(
    rest,
  )
}

/** A value that somebody else wrote stands as it is in a query that is no SQL, or in XML. */
export const valueInText = bySigns([
  // Between quotes in the text of a query.
  {
    pattern: new RegExp(`${ASKS}(?:\\\\?["'])%?${VALUE}[%*]?\\\\?["'](?!\\w)`, 'g'),
    holds: (shown) =>
      isFree(shown) &&
      isAText(shown) &&
      !isPlainSql(shown) &&
      (ASKING.test(shown.around) || isByRequest(shown)),
  },
  // LDAP has no quotes.
  {
    pattern: new RegExp(`\\(\\w{1,30}=\\*?${VALUE}\\*?\\)`, 'g'),
    onlyFile: /ldap|LDAP|DirectorySearcher|DirContext/,
    holds: isFree,
  },
  // XPath with its value between quotes.
  {
    pattern: new RegExp(
      `\\[\\s*(?:@?[\\w:]{1,40}|text\\(\\)|contains\\([^,\\n]{1,40},)\\s*=?\\s*\\\\?['"]${VALUE}\\\\?['"]`,
      'g',
    ),
    only: [/xpath|XPath|SelectNodes|SelectSingleNode|\.evaluate\(|\.at_xpath|->query\(/],
    holds: isFree,
  },
  // An element of XML for somebody else's service.
  {
    pattern: new RegExp(
      `<(?:[\\w-]+:)?[A-Za-z][\\w-]*(?:\\s[^<>\\n]{0,100})?>\\s*${VALUE}\\s*(?:["'\`]\\s*[.+,]\\s*["'\`])?<\\/`,
      'g',
    ),
    languages: [
      'typescript',
      'javascript',
      'python',
      'go',
      'java',
      'kotlin',
      'csharp',
      'php',
      'ruby',
      'rust',
    ],
    only: [
      /<\?xml|xmlns|[sS]oap|SOAP|[eE]nvelope|\b(?:text|application)\/xml/,
      // What goes into a file of one's own is read by oneself.
      /xmlns|[sS]oap|SOAP|[eE]nvelope|\/xml|[pP]ost\b|POST|\b[sS]end|[hH]ttp|[rR]equest|[fF]etch|[cC]lient/,
    ],
    // A file that is written here is no request.
    unless: [
      /<(?:html|div|body|table|span|p|head|svg|urlset|rss|feed)\b/i,
      /file_put_contents\(|[wW]rite_?(?:File|Text|String|AllText)\w{0,8}\(|writeFile|\bopen\([^()\n]{0,80}["']w|->save\(|File\.write/,
    ],
    holds: isFree,
  },
])

/** An assignment of one's own code is no query: the place is in a text. */
function isAText({ match, code }: Shown): boolean {
  const from = code.lastIndexOf('\n', match.index) + 1
  const before = code.slice(from, match.index)
  return (before.match(/["'`]/g) ?? []).length > 0 || !/^\s*(?:const|let|var)?\s*$/.test(before)
}

/** Statements for a database have a rule of their own. */
function isPlainSql({ around, file }: Shown): boolean {
  return (
    /\b(?:cursor|conn|connection|db|pdo|DB|jdbc\w*|sequelize|knex|pool)\b[\w.>-]{0,20}(?:\.|->|::)(?:execute|query|raw|select|exec)/.test(
      around,
    ) &&
    !/soql|SOQL|salesforce|Salesforce|\$filter|jql|xpath/.test(around) &&
    file.language !== 'tsx'
  )
}

const TEXT_OF_OTHERS =
  /\b(?:request|req|params|body|payload|message|completion|choices|response|answer|reply|formula|rule|record|row|event|llm|model|\$_(?:GET|POST|REQUEST))\b|(?:\.|->|\[["':])(?:get)?\w{0,20}(?:expression|template|content|output|condition|script|snippet|formula)\b/i

/** Names are followed this often. */
const STEPS = 3
const MAX_NAMES = 6

/** Whether what is run, or what its name was given before, is called what others write. */
function isOfOthers({ match, around, file }: Shown): boolean {
  if (isRunByHand(file)) return false
  const call = match[0].slice(match[0].search(/[(\s]/) + 1)
  let fresh = [splitTopLevel(call, file.language)[0] ?? call]
  for (let step = 0; step < STEPS; step += 1) {
    if (fresh.some((one) => TEXT_OF_OTHERS.test(one))) return true
    const names = fresh.flatMap((one) => one.match(/(?<![.\w$])\$?[A-Za-z_]\w*(?!\w*\()/g) ?? [])
    fresh = names.slice(0, MAX_NAMES).flatMap((name) => assignedTo(around, name))
  }
  return false
}

/** Text that somebody else wrote, a model included, is run as code. */
export const textRunAsCode = bySigns([
  {
    pattern: /(?<![\w.$])(?:eval|exec)\(\s*(?!["'`)]|compile\(\s*["'])[a-zA-Z_$][^;\n]{0,120}/g,
    languages: ['python'],
    holds: isOfOthers,
    unless: [/literal_eval\(|simpleeval|asteval|RestrictedPython|ast\.walk|subprocess/],
  },
  {
    pattern:
      /(?<![\w.$])(?:eval\(\s*(?!["'`)])|new\s+Function\(|(?:vm\.)?runIn(?:New|This)?Context\(\s*(?!["'`)])|vm\.runIn\w{1,12}\(|new\s+vm\.Script\(\s*(?!["'`)]))[^;\n]{0,120}/g,
    languages: ['typescript', 'javascript'],
    holds: isOfOthers,
    unless: [/isolated-vm|safe-?eval|window\.|document\./],
  },
  {
    pattern: /(?<![\w.$>:])(?:eval|assert|create_function)\(\s*(?!["']|\))[^;\n]{0,120}/g,
    languages: ['php'],
    holds: (shown) =>
      isOfOthers(shown) && (!shown.match[0].startsWith('assert') || /\$_/.test(shown.match[0])),
  },
  {
    pattern:
      /(?:(?<![\w.])eval[( ]\s*|\.(?:instance_eval|class_eval|module_eval)\(\s*)(?!["'<:)]|do\b|\{)[a-z@][^;\n]{0,120}/g,
    languages: ['ruby'],
    holds: isOfOthers,
  },
  {
    pattern:
      /\b(?:\w*(?:[eE]ngine|[sS]hell|js)\.(?:eval|evaluate)|parse(?:Raw)?Expression|CSharpScript\.(?:Evaluate|Run)Async(?:<[\w?]{1,20}>)?)\(\s*(?!"|\))[a-z]\w*[^;\n]{0,120}/g,
    languages: ['java', 'kotlin', 'csharp'],
    holds: isOfOthers,
    unless: [/SimpleEvaluationContext|SecureASTCustomizer|[sS]andbox|HostAccess\.NONE/],
  },
])

/** What people from outside hand in. */
const SENDERS =
  '(?:application|applicant|candidate|submission|payload|event|message|msg|request|req\\.body|dto|body|input|lead|contact|form|ticket|upload|command|cmd|job|notification|attachment|media|inbound|item|entry|args|\\w*[rR]equest|\\w*(?:Event|Message|Dto|DTO|Command))'
const ADDRESS =
  '(?:(?:[gG]et)?\\w*?(?:[cC]v|[rR]esume|[aA]vatar|[iI]mage|[pP]hoto|[pP]icture|[lL]ogo|[aA]ttachment|[dD]ocument|[fF]ile|[mM]edia|[sS]ource|[cC]allback|[iI]mport|[dD]ownload|[iI]con|[rR]ecording|[rR]eply|[rR]esult)_?(?:Ur[li]|URL|ur[li]|[lL]ink|[hH]ref)s?|[uU]r[li]|URL|[gG]etUrl|[lL]ink)'
const FIELD = `(?<![\\w$])\\$?${SENDERS}\\??(?:\\.|->|\\[["'])${ADDRESS}\\b`
const LOOKED_AT =
  /\.Host\b|[hH]ostname|\.host\b|\bhost\b\s*(?:in|not)|getHost\(|host_str|allow(?:ed)?_?(?:hosts?|domains?|list|origins?|urls?)|ALLOWED_?(?:HOSTS?|DOMAINS?|ORIGINS?)|Allowed(?:Hosts?|Domains?)|[wW]hite_?[lL]ist|[lL]oopback|[pP]rivate|SSRF|[sS]srf|[sS]afe|[tT]rusted|\bDns\b|getaddrinfo|resolve4|InetAddress|is_global|ipaddress|[dD]eny|[bB]lock|parse_url|[pP]ublic_?(?:url|address|host)|[gG]uard|[vV]alidat\w{0,20}(?:url|Url|URL|Uri|address)|check\w{0,20}(?:url|Url|URL|host|Host)|ensure\w{0,20}(?:Url|url|Host|host)|assert\w{0,20}(?:[uU]rl|[hH]ost)|egress|[vV]erif|[sS]ignature|hmac|HMAC|starts_?[wW]ith\(["']https:\/\/|StartsWith\("https:\/\/|HasPrefix\(/
const ASKED =
  '(?:\\.(?:Get|Head|Send|Download|GetStream|GetByteArray|GetString|Post)(?:File|String|Data)?(?:Async|TaskAsync)?|\\bhttp\\.(?:Get|Head|Post)|NewRequest(?:WithContext)?|\\bURI\\.create|\\bURI\\.open|URI\\.parse|\\bURI|\\bnew\\s+URL|\\bURL|->(?:get|request|head)|Http::get|file_get_contents|fopen|curl_init|Faraday\\.get|HTTParty\\.get|Net::HTTP\\.get\\w{0,10}|HTTP\\.get|Down\\.download|RestClient\\.get|reqwest::get|(?:client|http)(?:\\(\\))?\\.(?:get|post|head)|\\.url|getForEntity|getForObject|\\.uri|Jsoup\\.connect|HttpRequestMessage)'

/** An app asks from the network of who holds it: nothing of ours is within reach. */
const ON_A_PHONE = /^import (?:static )?androidx?\./m

/** An address that somebody handed in with something else is fetched, wherever it leads. */
export const foreignAddress = bySigns([
  {
    pattern: new RegExp(
      `${ASKED}\\(\\s*(?:[^()\\n]{0,60},\\s*)?(?:&|\\(string\\)\\s*|String\\.valueOf\\()?${FIELD}(?:\\(\\))?`,
      'g',
    ),
    languages: ['go', 'java', 'kotlin', 'csharp', 'php', 'ruby', 'rust'],
    unless: [LOOKED_AT],
    unlessFile: ON_A_PHONE,
  },
  // By way of a name.
  {
    pattern: new RegExp(
      `(?:\\bUri\\.TryCreate\\(\\s*${FIELD}[^\\n]{0,60}\\bout\\s+(?:var|Uri\\??)\\s+(?<out>\\w+)|\\b(?<name>\\$?\\w*(?:[uU]r[li]|[aA]ddress|[lL]ink|[sS]ource|[tT]arget|endpoint)\\w*)(?:\\s*,\\s*err)?\\s*:?=\\s*(?:new\\s+Uri\\(|URI\\.create\\(|new\\s+URL\\(|url\\.Parse\\(|URI\\(|URI\\.parse\\(|\\(string\\)\\s*)?${FIELD}(?:\\(\\))?)`,
      'g',
    ),
    languages: ['go', 'java', 'kotlin', 'csharp', 'php', 'ruby', 'rust'],
    unless: [LOOKED_AT],
    unlessFile: ON_A_PHONE,
    holds: ({ match, around }) => {
      const name = RegExp.escape(match.groups?.['out'] ?? match.groups?.['name'] ?? '')
      return new RegExp(`${ASKED}\\(\\s*(?:[^()\\n]{0,60},\\s*)?&?${name}\\b`).test(around)
    },
  },
  {
    pattern: new RegExp(
      `(?!\\b(?:URI|new\\s+URL|URL))${ASKED}(?<!URI\\.(?:create|parse))\\(\\s*(?:[^()\\n]{0,40},\\s*)?(?<name>[$@]?\\w+)\\s*[,)]`,
      'g',
    ),
    languages: ['java', 'kotlin', 'csharp', 'php', 'ruby', 'go'],
    unless: [LOOKED_AT, /[vV]alid/],
    unlessFile: ON_A_PHONE,
    holds: (shown) => {
      const name = shown.match.groups?.['name'] ?? ''
      return (
        /ur[li]|link|href|address|source|target|callback/i.test(name) && isOfRequest(shown, name)
      )
    },
  },
])
