import type { Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { type CodeFile, factsOf, isPython } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import { importsOf } from '#core/rules/imports'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { type WebhookHandler, webhookHandlers } from '#core/rules/webhooks'

/** Work that takes seconds, by its name. */
const HEAVY =
  /^(?:download|render|convert|transcode|generate|build|merge|upload|transcribe|translate|export|full_?history)\w*$|^(?:create|make)\w*(?:Pdf|Report|Archive|Invoice|Image|Thumbnail|_pdf|_report|_archive)$/i
/** The same at the beginning of a longer name, such as `exportConversation`. */
const HEAVY_WORD =
  /^(?:download|render|convert|transcode|upload|transcribe|translate|export|summari[sz]e|classify|embed)(?:[A-Z_]\w*)?$/
/** Work that takes minutes on a bad day, by names that mean nothing else: it counts twice. */
const VERY_HEAVY =
  /(?:^|\.)_?(?:clone_from|git_?clone|clone_?repo\w*|index_?files|re_?index\w*|build_?index|rebuild\w+|(?:publish|create|compute)_?embeddings?|embed_?documents|train(?:_?model)?|transcode\w*|transcribe\w*|crawl\w*|scrape\w*|full_?(?:sync|import|export)|(?:sync|import|export)_?all\w*|back_?fill\w*|(?:generate|render)_?(?:pdf|report|invoice)s?)$/i
/** A repository or a database is copied; an object has no arguments for it. */
const COPIES = /(?:^|\.)clone$/
/** A language model answers after seconds: it is too slow all by itself. */
const MODEL =
  /(?:^|\.)(?:chat\.completions|completions|responses|messages|images|transcriptions)\.(?:create|parse|stream|generate)$|(?:^|\.)(?:generate(?:Text|Object|Content|_content)|streamText|invokeModel|ainvoke)$/
/** Modules that hold one's own calls of models. */
const MODEL_MODULE = /(?:^|[/.])(?:ai|llm|gpt|openai|anthropic|ml|prompts?)(?:[/.-]|$)/i
/** Mail, by the name of what sends it or of the call. */
const MAIL =
  /(?:^|\.)_?(?:mailer|mail|mails|email|emails|smtp|sendgrid|postmark|resend|ses)\.\w+$|(?:^|\.)send_?(?:e_?)?mail\w*$|(?:^|\.)send_\w{1,30}_e?mail$/i
/** Other services by their addresses, each time anew. */
const HTTP =
  /^(?:requests|httpx|axios|got|ky)\.(?:get|post|put|patch|delete|request)$|^(?:fetch|axios|got|ky)$/
/** A function that is handed to a thread, while the sender waits all the same. */
const IN_THREAD =
  /((?:run_in_threadpool|asyncio\.to_thread|to_thread\.run_sync|run_sync)\(\s*)((?:self\.)?\w{1,60})\s?[,)]/g
/** Calls whose functions of the same file are looked into. */
const MAX_CALLS = 20
/** Stores of files, by the names that code keeps them under. */
const STORAGE =
  /(?:^|\.)_?\w*(?:storage|s3|bucket|blobs?|gcs|objects?_?store)(?:\.\w+\([^()]*\))?\.(?:put|upload|send|save|write)\w*$|(?:^|\.)upload_?(?:file|blob|object)\w*$/i
/** Another program does the work: a build, a checkout, a conversion. */
const PROGRAM =
  /(?:^|\.)(?:subprocess\.(?:run|call|check_call|check_output)|execSync|spawnSync|execFileSync|execa|os\.system|execAsync|execFileAsync)$/
/** What other programs do in no time, or is no program. */
const QUICK =
  /^\s*(?:\[\s*)?["'`](?:echo|date|kill|touch|true|systemctl|supervisorctl|which|id|whoami)\b/
/** Other companies' services, by the names that code keeps their clients under. */
const REMOTE =
  /(?:^|\.)_?\w*(?:_api|Api|API|_client|Client|_gateway|Gateway|crm|erp|slack|hubspot|salesforce|openai|shopify|stripe|docu_?[sS]ign|dropbox_?[sS]ign|hello_?[sS]ign|twilio|notion|zendesk|intercom|pipedrive|jira|airtable|mailchimp|klaviyo|xero|quickbooks|shippo|easypost|sendcloud)(?:\.\w+)?\.\w+$/
/** A name with its parts, or what is called on a thing that was just made. */
const CALL =
  /(?:^|[^\w.$])(?:await\s+)?((?:(?:this|self)\.)?[A-Za-z_$][\w$]*(?:\.[\w$]+)*)\(|\)((?:\.[\w$]+)+)\(/g
/** Calls on clients that reach nobody. */
const LOCAL =
  /(?:verify|construct(?:_?[eE]vent)?|validate|webhooks?|parse|decode|signature|schema|is_?valid|queue|publish|enqueue|delay|\.add|log|logger)\b/i
/** Work that is handed to a worker, or runs on after the answer. */
const DEFERRED =
  /\b(?:queue|inngest|after|waitUntil|setImmediate|background_?tasks?|tasks?|executor)\w*(?:\.\w+)?\(|threading\.Thread|\.delay\(|\.apply_async\(|on_commit\(|create_task\(/i
const ENOUGH = 3
/** A queue of one's own brings a job to this address, and waits for it to be done. */
const OWN_QUEUE =
  /\bverify_?q_?stash\w{0,20}\(|["'`]upstash-signature["'`]|["'`]x-cloudtasks-[\w-]{1,40}["'`]|["'`]x-appengine-(?:cron|queuename)["'`]|\bcron_?secret\b/i

/** Slow calls to others that all happen before a delivery is answered. */
export const slowBeforeAnswer: Judgement = {
  names: ['handler', 'calls'],
  judge: (view) =>
    webhookHandlers(view).flatMap((handler) => {
      const calls = slowCalls(view, handler)
      const [first] = calls
      const weight = calls.reduce((sum, one) => sum + weightOf(view.file, one), 0)
      if (first === undefined || weight < ENOUGH || DEFERRED.test(handler.text)) return []
      if (OWN_QUEUE.test(handler.text)) return []
      return [
        observe(view, handler.fact, {
          line: first.line,
          endLine: first.line,
          range: handler.body,
          symbol: handler.fact.captures['name'] ?? handler.label,
          provider: handler.provider,
          names: { handler: handler.label, calls: calls.map((one) => one.callee).join(', ') },
        }),
      ]
    }),
}

interface SlowCall {
  readonly callee: string
  readonly isRepeated: boolean
  readonly line: number
}

function slowCalls({ file }: View, { body }: WebhookHandler): readonly SlowCall[] {
  const text = codeOf(file, body)
  const answered = answersBefore(file, body.start, text)
  const lineAt = (index: number) => file.text.slice(0, body.start + index + 1).split('\n').length
  const direct = callsIn(file, text).map((one) => ({ ...one, line: lineAt(one.index) }))
  const helped = [...text.matchAll(CALL)]
    .slice(0, MAX_CALLS)
    .flatMap(({ 1: callee = '', index }) =>
      helperOf(file, body, callee).flatMap((helper) =>
        callsIn(file, codeOf(file, helper)).map((one) => ({ ...one, index, line: lineAt(index) })),
      ),
    )
  const found = [...direct, ...helped]
    .filter(({ index }) => index >= answered)
    .toSorted((one, other) => one.index - other.index)
  return found.filter((one, at) => found.findIndex(({ key }) => key === one.key) === at)
}

/** A span's code, in which what is handed to a thread reads as a call. Its length stays. */
function codeOf(file: CodeFile, span: Span): string {
  return withoutComments(file.text.slice(span.start, span.end), file.language).replace(
    IN_THREAD,
    (whole, before: string, name: string) =>
      `${' '.repeat(before.length)}${name}(`.padEnd(whole.length),
  )
}

function callsIn(file: CodeFile, text: string) {
  return [...text.matchAll(CALL)].flatMap((match) => {
    const { index } = match
    const after = index + match[0].length
    const callee = match[1] ?? match[2] ?? ''
    const args = text.slice(after, after + 60)
    if (!isSlow(file, callee, args) && !copies(text, callee, after)) return []
    const key = HTTP.test(callee) ? `${callee}(${args.slice(0, 30)}` : callee
    return [{ callee, key, index, isRepeated: isInLoop(text, index) }]
  })
}

/** The function of this file that a call means, unless it checks or stores. */
function helperOf(file: CodeFile, body: Span, callee: string): readonly Span[] {
  const name = callee.replace(/^(?:self|this)\./, '')
  if (!isPython(file) || LOCAL.test(name) || !/^\w+$/.test(name)) return []
  return factsOf(file, 'function')
    .filter(
      (one) =>
        one.captures['form'] === 'function' &&
        one.captures['name'] === name &&
        !within(one, body) &&
        !within(body, one),
    )
    .slice(0, 1)
}

/** Where an Express handler answered early, what follows keeps nobody waiting. */
function answersBefore(file: CodeFile, start: number, text: string): number {
  const early = factsOf(file, 'acknowledgement').some(
    (fact) =>
      fact.by === 'call' &&
      fact.start > start &&
      fact.end < start + text.length &&
      !/\b[45]\d\d\b|return/.test(
        text.slice(Math.max(0, fact.start - start - 20), fact.end - start),
      ) &&
      /\bawait\b/.test(text.slice(fact.end - start)),
  )
  return early ? text.length : 0
}

/** Whether a call stands in a loop over what arrived or was found. */
function isInLoop(text: string, at: number): boolean {
  const line = text.lastIndexOf('\n', at) + 1
  const indent = /^[ \t]*/.exec(text.slice(line))?.[0].length ?? 0
  const above = text.slice(Math.max(0, line - 600), line).split('\n')
  const opener = above.findLast((one) => one.trim() !== '' && one.search(/\S/) < indent)
  return opener !== undefined && /^\s*(?:async\s+)?for(?:each)?\b|\.(?:map|forEach)\(/.test(opener)
}

function weightOf(
  file: CodeFile,
  { callee, isRepeated }: { readonly callee: string; readonly isRepeated: boolean },
): number {
  if (MODEL.test(callee) || PROGRAM.test(callee)) return ENOUGH
  if (isRepeated) return 2
  return isVeryHeavy(callee) || MODEL_MODULE.test(moduleOf(file, callee)) ? 2 : 1
}

/** Where the first name of a callee comes from. */
function moduleOf(file: CodeFile, callee: string): string {
  const root = callee.replace(/^(?:this|self)\./, '').split('.')[0] ?? ''
  return importsOf(file).find((one) => one.local === root)?.module ?? ''
}

function isVeryHeavy(callee: string): boolean {
  return VERY_HEAVY.test(callee) || COPIES.test(callee)
}

function copies(text: string, callee: string, at: number): boolean {
  return COPIES.test(callee) && !/^\s*\)/.test(text.slice(at, at + 20))
}

function isSlow(file: CodeFile, callee: string, args: string): boolean {
  if (PROGRAM.test(callee)) return !QUICK.test(args)
  if (HTTP.test(callee)) return isPython(file)
  if (LOCAL.test(callee)) return false
  const method = callee.slice(callee.lastIndexOf('.') + 1)
  if (MODEL.test(callee) || MAIL.test(callee) || REMOTE.test(callee) || VERY_HEAVY.test(callee))
    return true
  if (STORAGE.test(callee) || (callee.includes('.') && HEAVY_WORD.test(method))) return true
  const module = moduleOf(file, callee)
  if (MODEL_MODULE.test(module)) return true
  // One's own function that exports or downloads something, by its name.
  if (/^[.@~]/.test(module) && HEAVY_WORD.test(method)) return true
  if (/(?:^|[/.])(?:clients?|gateways?|integrations|mail|pdf|media)(?:[/.]|$)/.test(module))
    return callee.includes('.') || HEAVY.test(method)
  return false
}
