import type { Fact } from '#core/facts/fact'
import { type CodeFile, factsOf, isScript } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import type { Observation, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'

/** Queues and streams that hand out a message at least once. */
const RECEIVES =
  /\breceive_?[mM]essages?\(|\bReceiveMessage\w*\(|\bReceiveMessageCommand\b|\bSQSEvent\b|\bSQSHandler\b|\bevents\.SQS|@SqsListener|@KafkaListener|@RabbitListener|@JmsListener|\bbasic_consume\b|\bbasic_get\b|\bconfluent_kafka\b|\bKafkaConsumer\b|\baiokafka\b|\beachMessage\b|\beachBatch\b|\bchannel\.consume\(|\bch\.Consume\(|\bIConsumer<|ServiceBusTrigger|\bProcessMessageEventArgs\b|\bpubsub\.Message\b|\bstreaming_pull|\bsubscriber\.subscribe\(|\bReadMessage\(|\bFetchMessage\(|\bShoryuken\b|\bKarafka\b|\bBunny\b|\bSneakers\b|\bxread_?group\b|\bStreamConsumer\b/i
/** A number that grows: done twice, it has grown twice. */
const GROWS =
  /\bset\s+["`\w.]{1,60}\s*=\s*(?:coalesce\(\s*)?["`\w.]{1,60}(?:,\s*0\s*\))?\s*[+-]\s*[\w:$?@%({]|\bF\(\s*["']\w+["']\s*\)\s*[+-]|:\s*([A-Z]\w*\.\w+)\s*[+-]\s*\w|(?<!:)=\s*([A-Z]\w*\.\w+)\s*[+-]\s*\w|\bincrement\s*:\s*[\w.]+|\$inc\b|\.(?:increment|decrement|increment_counter|update_counters|IncrBy|incrby|hincrby|incr_by|HIncrBy)!?\s*\(|gorm\.Expr\(\s*"\w+\s*[+-]/gi
/** Signs that somebody thought of messages that come twice. */
const GUARD =
  /idempot|dedup|duplicate|already|\bprocessed|handled|\bseen\b|exists|on\s+conflict|upsert|get_or_create|insert_?(?:or_?)?ignore|if_?absent|event_?id|delivery_?id|message_?id\b(?![^\n]{0,40}stays)|OnConflict|P2002|23505|IntegrityError|Unique|setnx|\bNX\b|exactly.?once|fifo|last_?(?:seq|version|offset|event)|\bversion\b|watermark|transactional\.id|claim/i
/** What is only counted for people to look at. */
const ONLY_COUNTED =
  /\b(?:metrics?|statsd|prometheus|counter\.|views?|hits|attempts?|retries|failures?)\b/i
const MAX_FILE = 60_000

/** Numbers that grow with each message of a queue, in a file that never asks whether it came before. */
export function grownTwice(view: View): readonly Observation[] {
  const { file } = view
  if (file.text.length > MAX_FILE || !RECEIVES.test(file.text)) return []
  const code = withoutLogs(file)
  if (GUARD.test(code)) return []
  const found = [...code.matchAll(GROWS)].find(isOfRow)
  if (found === undefined) return []
  const around = smallestAround(file, found.index)
  const near = code.slice(Math.max(0, found.index - 120), found.index + 160)
  if (around === null || ONLY_COUNTED.test(near)) return []
  const line = file.text.slice(0, found.index).split('\n').length
  const handler = around.captures['name'] ?? around.scope?.name ?? 'the consumer'
  return [
    observe(view, around, {
      line,
      endLine: line,
      range: around,
      symbol: handler,
      names: { handler, write: found[0].replace(/\s+/g, ' ').trim() },
    }),
  ]
}

/** A column is named by its class; a sum of the fields of some value is stored nowhere yet. */
function isOfRow([, given, assigned]: RegExpExecArray): boolean {
  return /^[A-Z]/.test(given ?? assigned ?? 'A')
}

/** The code of the same length, without comments, log lines and imports. */
function withoutLogs(file: CodeFile): string {
  let code = withoutComments(file.text, file.language)
  for (const { start, end } of factsOf(file, 'log-call'))
    code = code.slice(0, start) + ' '.repeat(end - start) + code.slice(end)
  return isScript(file.language)
    ? code.replace(/^import[^\n]*/gm, (line) => ' '.repeat(line.length))
    : code
}

function smallestAround(file: CodeFile, at: number): Fact | null {
  return (
    factsOf(file, 'function').findLast(
      ({ captures, start, end }) => captures['form'] === 'function' && start <= at && at < end,
    ) ?? null
  )
}
