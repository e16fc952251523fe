import { isRunByHand } from '#core/rules/run-by-hand'
import { bySigns } from '#core/rules/text-signs'

const SENT =
  '(?:req\\.body|request\\.body|ctx\\.request\\.body|event\\.(?:data|payload|body|properties|object)|payload|webhook|body|message|dto|msg|notification|delivery)'
const CHOSEN =
  /[vV]alidat|safeParse|(?<!JSON)\.parse\(|[sS]chema|sanitiz|\bpick\(|\bomit\(|->only\(|->validated\(|->safe\(|permit\((?!\s*\))|\.slice\(|ALLOWED|[aA]llowed|[wW]hite_?[lL]ist|WRITABLE|EDITABLE|\bin\s+(?:self\.|cls\.)?[A-Z_]{3,}|\bFIELDS\b|array_intersect_key|model_validate|isinstance|serializer|exclude_unset|model_dump/

/** What keeps records: `prisma`, a repository, a model with a capital. */
const STORES =
  /\.save\(|[rR]epo|[mM]odel|prisma|knex|\bdb\b|\btrx?\b|\bem\b|collection|\b[A-Z]\w{1,40}\.(?:update|insert|create|findBy|findOne)/

/** A layer of one's own, which knows its fields: a service, or a model that is no class. */
const OWN_LAYER = /(?:[sS]ervices?|[hH]andlers?|\bmodels\.[a-z]\w{0,40})$/

/** What somebody sent goes into a record, field by field as they named them. */
export const takenOver = bySigns([
  {
    pattern:
      /(?:->|::)(?:forceFill|forceCreate|fill|update|create|updateOrCreate|firstOrCreate|insert|upsert)\(\s*(?:\[[^\]\n]{0,120}\]\s*,\s*)?(?:\$(?:this->)?request->(?:all|input|json|post|get|toArray|getParsedBody)\([^()\n]{0,60}\)(?:->all\(\))?|request\(\)->(?:all|input)\([^()\n]{0,40}\)|\$(?:payload|data|body|event|attributes|fields|message|json)(?:\[[^\]\n]{1,40}\]){1,3}|\$(?:payload|body|event|message)\s*\)|json_decode\()/g,
    languages: ['php'],
    unless: [CHOSEN],
    holds: ({ around, match }) =>
      // A class of its own for the request looks at the fields.
      !/\b(?!Request\b)\w+Request\s+\$request\b/.test(around) &&
      (/request|body|decode/i.test(match[0]) ||
        /json_decode|->json\(\)|[rR]equest|payload/.test(around)),
  },
  {
    pattern:
      /\.(?:update|update!|create|create!|assign_attributes|update_columns|insert|insert!|upsert|update_all)\(?\s*\(?\s*(?:params(?:\[[^\]\n]{1,40}\])*(?:\.(?:to_unsafe_h|permit!|to_h))|(?:payload|event|body|data|message|webhook)(?:\[["':][\w"']{1,40}\]|\.fetch\([^()\n]{1,40}\)|\.dig\([^()\n]{1,60}\)){1,3}(?:\.to_h)?\s*\)?\s*$|JSON\.parse\([^\n]{1,80}\)\s*\)?\s*$|payload\s*\)\s*$)|\bparams(?:\.require\([^()\n]{1,30}\)|\[[^\]\n]{1,30}\])?\.permit!/gm,
    languages: ['ruby'],
    unless: [CHOSEN],
    // Permitted all of them, and looked at no more: nothing is written with it.
    holds: ({ match, around }) =>
      match[0] !== 'params.permit!' ||
      /\.(?:new|create|update|assign_attributes|insert|upsert)\w*!?\(?\s*[\w:]*params\b(?!\s*[[.])|=\s*params\b(?!\s*[[.])/.test(
        around,
      ),
  },
  {
    pattern:
      /\bfor\s+(?<key>\w+)\s*,\s*\w+\s+in\s+(?=[^\n]{0,40}(?:payload|request|event|body|data|json|message|attributes|fields|properties))[\w.[\]"'()]{1,80}\.items\(\)\s*:\s*\n(?:[^\n]{0,160}\n){0,3}?\s*setattr\(\s*(?!self\b)\w+\s*,\s*\k<key>/g,
    languages: ['python'],
    only: [/\brequest\b|payload|event|body|webhook|json\.loads|properties|message/],
    unless: [
      CHOSEN,
      /\bnot in\b|settings|config|kwargs|\bin\s+\w*(?:allowed|mapping|fields|columns)/,
    ],
  },
  {
    pattern:
      /(?:\.objects\.(?:create|update_or_create|filter\([^()\n]{0,80}\)\.update)|\.values|\.update|\b(?!dict\b|Error|Exception)[A-Z]\w+)\(\s*(?:[^()\n*]{0,80},\s*)?\*\*(?:payload|event|body|message|webhook)(?:\[["']\w+["']\]){0,2}\s*\)/g,
    languages: ['python'],
    unless: [CHOSEN],
    holds: ({ match, around }) =>
      !isWrittenDown(match[0], around) &&
      !/(?:Schema|Dto|Payload|Event|Message|Model|Params|Input|Command|Request|Response|Body|Webhook|Config|Notification)\(/.test(
        match[0],
      ),
  },
  {
    pattern: new RegExp(
      `\\bObject\\.assign\\(\\s*(?!\\{)[\\w.]{1,40},\\s*${SENT}(?:[.?!]+\\w+|\\[['"]\\w+['"]\\]){0,3}\\s*\\)|\\.(?:(?:set|values|create)\\(\\s*|(?:merge|patch|update|updateOne|insert|insertOne|findByIdAndUpdate)\\(\\s*(?:[\\w.]{1,40},\\s*)?)(?:\\{\\s*(?:\\w+,\\s*|\\w+:\\s*[\\w.]{1,40},\\s*)?\\.\\.\\.)?(?:req\\.body|request\\.body|ctx\\.request\\.body|event\\.(?:data|payload|properties)|payload(?:\\.\\w+)?|webhook\\.\\w+)(?:\\.(?:data|attributes|properties|fields|object|changes))?\\s*(?:,[^{}\\n]{0,60})?\\}?\\s*\\)`,
      'g',
    ),
    languages: ['typescript', 'javascript'],
    only: [STORES],
    unless: [
      CHOSEN,
      /@Body\(|ValidationPipe|Dto\b|\bres\.send\(|[cC]lient\.(?:update|create)|\.headers\.set|searchParams/,
    ],
    holds: ({ match, file, code }) =>
      !/\.[jt]sx$/.test(file.path) &&
      !isDigest(code, match) &&
      !isFactory(code, match) &&
      !OWN_LAYER.test(code.slice(Math.max(0, match.index - 100), match.index)) &&
      !/(?:cache|redis|Map|map|params|headers|stripe|queue|logger|api|client|hash|hmac)\b/i.test(
        match[0],
      ),
  },
  {
    pattern:
      /\bBeanUtils\.(?:populate|copyProperties)\([^;\n]{1,80}|\.readerForUpdating\([^;\n]{1,80}|\.CurrentValues\.SetValues\([^;\n]{1,60}|\bTryUpdateModelAsync\([^;\n]{1,40}|JsonConvert\.PopulateObject\([^;\n]{1,80}|\.updateValue\([^;\n]{1,60}/g,
    languages: ['java', 'kotlin', 'csharp'],
    only: [/@RequestBody|\[FromBody\]|payload|webhook|body|JsonNode|event|Request\b/i],
    unless: [CHOSEN, /ignoreProperties|copyProperties\([^;\n]{1,60},[^;\n]{1,60},\s*"/],
  },
  {
    pattern:
      /\.(?:Updates|UpdateColumns)\(\s*(?:&?(?:payload|body|req|input|data|fields|attrs|attributes|changes|patch|event)(?:\.\w+)?(?:\[[^\]\n]{1,30}\](?:\.\(map\[string\](?:any|interface\{\})\))?)?)\s*\)/g,
    languages: ['go'],
    only: [/map\[string\](?:any|interface\{\})/, /Decode\(|Unmarshal\(|Bind\w*\(|BodyParser\(/],
    unless: [CHOSEN, /\bdelete\(/],
  },
])

/** A dictionary that is written down here has the fields that stand here. */
function isWrittenDown(call: string, around: string): boolean {
  const name = /\*\*(\w+)/.exec(call)?.[1] ?? ''
  return new RegExp(`\\b${name}\\s*=\\s*(?:\\{|dict\\()`).test(around)
}

/** A class that makes something of what it is given, at once; what is stored is waited for. */
function isFactory(code: string, { index, 0: text }: RegExpExecArray): boolean {
  if (!/^\.create\(/.test(text)) return false
  const before = code.slice(Math.max(0, index - 80), index)
  const named = /(?:^|[^.\w])[A-Z]\w{0,60}$/.exec(before)
  if (named === null) return false
  const after = code.slice(index + text.length, index + text.length + 40)
  return (
    !/(?:\b(?:await|return|yield)|=>|[[(,])\s*$/.test(before.slice(0, named.index + 1)) &&
    !/^\s*\.(?:then|exec|catch|finally)\(/.test(after)
  )
}

/** A text that is signed or hashed is handed to an `update` too. */
function isDigest(code: string, { index, 0: text }: RegExpExecArray): boolean {
  return (
    /\bcreate(?:Hmac|Hash|Sign|Verify|(?:C|Dec)ipheriv)\([^;{}]{0,200}$/.test(
      code.slice(Math.max(0, index - 300), index),
    ) ||
    /^\s{0,20}\.(?:digest|final|sign|verify)\(/.test(
      code.slice(index + text.length, index + text.length + 60),
    )
  )
}

const MODEL =
  /openai|anthropic|chat\.completions|messages\.create|generateContent|generate_content|bedrock|mistral|cohere|gemini|ollama|langchain|\bllm\b|ChatClient|ChatCompletion|claude|\bgpt-/i
const CONFIRMED =
  /safeParse|[sS]chema|(?<!JSON)\.parse\(|model_validate|TypeAdapter|isinstance\(|jsonschema|[vV]alidat|ajv|typeof\s|Number\.is|Array\.isArray|assert|instanceof|is_numeric|is_string|is_array\([^()\n]{0,40}\[|array_key_exists|ALLOWED|[aA]llowed|zodResponse|pydantic|BaseModel|parse_obj|dry-validation|\.key\?\(|TryGetProperty|Integer\(|Decimal\(|in\s+[A-Z_]{3,}\b/
const ACTED =
  /\b\w*(?:create|insert|save|update|upsert|book|post|send|charge|refund|execute|transfer|store|apply|cancel|assign|persist|enqueue|publish|write|add|set|dispatch|delete|pay|approve|submit|commit|close|notify|import)\w*[!]?\(/i

/** What a language model answered is taken for data of the form that it was asked for. */
export const modelAnswerTrusted = bySigns([
  {
    pattern:
      /\b(?:JSON\.parse|json\.loads|orjson\.loads|json_decode|JsonSerializer\.Deserialize(?:<[\w<>?, ]{1,60}>)?|JsonConvert\.DeserializeObject(?:<[\w<>?, ]{1,60}>)?|\w*[mM]apper\.read(?:Value|Tree)|json\.Unmarshal|Json\.decodeFromString(?:<\w{1,40}>)?|serde_json::from_str(?:::<[\w<>:]{1,60}>)?)\([^;\n]{0,60}(?:content|text|Text|Content|output|Output|arguments|answer|completion|reply|raw|choice|message|block|result|generated)\w*[^;\n]{0,80}/g,
    only: [MODEL, ACTED],
    unless: [CONFIRMED],
    // What comes of a script is looked at by who runs it.
    holds: ({ match, file }) =>
      !isRunByHand(file) &&
      !/req\.|request\.|\bdata:|chunk|readFile|redis|cache|stdout|\bline\b/i.test(match[0]),
  },
])

/** Fields of a body that are read as if they were there, and of the right kind. */
export const bodyBelieved = bySigns([
  {
    pattern:
      /\b(?<body>\w+)(?:\.RootElement)?\.GetProperty\("[\w.-]{1,60}"\)(?:\.GetProperty\("[\w.-]{1,60}"\)|\[0\]){0,3}\.Get(?:String|Int32|Int64|Decimal|Double|Boolean|DateTime|DateTimeOffset|Guid)\(\)/g,
    languages: ['csharp'],
    only: [
      /\[Http(?:Post|Put)|\bJsonElement\s+\w+\s*,|\[FromBody\]|HttpRequest\b|Request\.Body|IResult|Task<(?:Accepted|Ok|Results)/,
    ],
    unless: [
      /TryGet|ValueKind|[vV]alidat|catch\s*\(\s*(?:Exception|KeyNotFoundException|InvalidOperationException|JsonException)|[sS]chema|\bcatch\b/,
    ],
    holds: ({ around }) => (around.match(/\.GetProperty\(/g) ?? []).length >= 2,
  },
  {
    pattern:
      /\b(?<body>payload|body|event|node|json|root)\.get\("[\w.-]{1,60}"\)(?:!!|\.get\("[\w.-]{1,60}"\)){0,3}\.as(?:Text|Int|Long|Double|Boolean|String)\(\)|\b(?:payload|body)\.get\("[\w.-]{1,60}"\)\.toString\(\)/g,
    languages: ['java', 'kotlin'],
    only: [/@(?:Post|Put)Mapping|@POST|@RequestBody|call\.receive|HttpServletRequest/],
    unless: [
      /hasNonNull|\.has\(|containsKey|isMissingNode|requireNonNull|[vV]alidat|[sS]chema|required\(|==\s*null|!=\s*null|\?\.|catch\s*\(\s*(?:NullPointer|Runtime)?Exception/,
    ],
    holds: ({ around }) => (around.match(/\.get\("/g) ?? []).length >= 2,
  },
])
