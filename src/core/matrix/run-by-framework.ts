import type { Fact } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { annotatedFrom } from '#core/matrix/annotations'
import { headEnd } from '#core/matrix/class-heads'
import { quietOf } from '#core/matrix/region'
import { type CodeFile, factsOf } from '#core/rules/code'

/** Characters of a function in which its parameters stand. */
const MAX_HEAD = 400

/** What a framework runs by an annotation: requests, jobs, messages, the clock. */
const ANNOTATED =
  /@(?:\w+\.)?(?:(?:Get|Post|Put|Patch|Delete|Request|Message)Mapping|Scheduled|\w*Listener|Incoming|GET|POST|PUT|DELETE|Get|Post|Put|Patch|Delete|All|Cron|Interval|OnEvent|Process|MessagePattern|EventPattern|shared_task|task|periodic_task|route|get|post|put|patch|delete|receiver|csrf_exempt|api_view|require_(?:http_methods|POST|GET)|websocket|on_event|actor)\b|\[(?:Http(?:Get|Post|Put|Patch|Delete)|Route|Function|FunctionName|\w*Trigger)\b/
/** What a function is handed by whoever runs it: a request to answer. */
const ANSWERS =
  /\bhttp\.ResponseWriter\b|\*gin\.Context\b|\becho\.Context\b|\*fiber\.Ctx\b|\bHttpServletRequest\b|\bNextRequest\b|\bAPIGateway\w*Event\b|\bSQSEvent\b|\bHttpRequestData\b/
/** Classes whose methods a framework runs. */
const RUN_CLASS =
  /<\s*(?:\w+::)*\w*(?:Controller|Job|Worker|Channel|Mailer)\b|\binclude\s+Sidekiq::(?:Worker|Job)\b|\bextends\s+\\?(?:\w+\\)*\w*(?:Controller|Command|Job|Mailable|Notification|Listener)\b|\bimplements\b[^{]*\b(?:ShouldQueue|JobInterface|MessageHandlerInterface)\b|\((?:[\w.]+\.)?\w*(?:View|ViewSet|APIView|Resource|Command|RequestHandler)\b|:\s*(?:[\w<>]+,\s*)*\w*(?:Controller|ControllerBase|BackgroundService|IHostedService|IConsumer\w*)\b/
/** Of those, methods that are helpers of others. */
const HELPER = /\b(?:private|protected)\b|\bdef\s+_|\bstatic\b/

/**
 * Whether a function is run by a framework, and not by code of the repository: then its failures end
 * there, all in one way.
 */
export function isRunByFramework(file: CodeFile, around: Fact): boolean {
  const { code } = quietOf(file)
  const from = annotatedFrom(file, around.start)
  const head = code.slice(from, Math.min(around.end, around.start + MAX_HEAD))
  const annotations = code.slice(from, around.start)
  if (ANNOTATED.test(annotations) || ANSWERS.test(head)) return true
  if (
    /^\s*(?:export\s+)?(?:async\s+)?function\s+(?:GET|POST|PUT|PATCH|DELETE|loader|action)\b/.test(
      head,
    )
  )
    return true
  if (isHelper(file, around)) return false
  return factsOf(file, 'function').some(
    (one) =>
      one.captures['form'] === 'class' &&
      one !== around &&
      within(around, one) &&
      RUN_CLASS.test(code.slice(one.start, Math.max(headEnd(file, one), one.start + 200))),
  )
}

/** A method that its class keeps to itself; in Ruby by a word above it, too. */
function isHelper(file: CodeFile, around: Fact): boolean {
  const { code } = quietOf(file)
  const from = code.lastIndexOf('\n', around.start - 1) + 1
  const [line = ''] = code.slice(from, around.end).split('\n', 1)
  if (HELPER.test(line)) return true
  return file.language === 'ruby' && /^[ \t]*(?:private|protected)\s*$/m.test(code.slice(0, from))
}
