import type { Fact } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { type CodeFile, factsOf, isScript } from '#core/rules/code'
import { grownTwice } from '#core/rules/consumed-twice'
import { grownByName, unlogged } from '#core/rules/grown-by-name'
import type { Judgement, Observation, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { isOnlyWhenMissing } from '#core/rules/only-when-missing'
import { lineBefore } from '#core/rules/scope-text'
import { isRepeatable, namesModels } from '#core/rules/stores'
import { type WebhookHandler, webhookHandlers } from '#core/rules/webhooks'

/** Signs that somebody thought of deliveries that come twice. */
const GUARD =
  /idempot|dedup|duplicate|already|processed|\bseen\b|exists|findUnique|findFirst|findOne|find_one|find_by|on\s+conflict|upsert|get_or_create|update_or_create|\.filter\(|event_?id|delivery_?id|message_?id|webhook_?id|svix|OnConflict|FirstOrCreate|P2002|23505|IntegrityError|Unique|setnx|\bNX\b|\block|\b(?:event|evt|payload|body|data)\??\.id\b|\[["']id["']\]|\.get\(["']id["']\)/i

/** The same in Rails and Laravel, and an id of the other side that may be unique in the own table. */
const MODEL_GUARD =
  /find_or_create|first_or_create|create_or_find|firstOr(?!Fail)|updateOr|insertOrIgnore|insert_all|unless_exist|RecordNotUnique|RecordInvalid|QueryException|errors?\.(?:any|add)|->contains\(|any\?|none\?|present\?|blank\?|\b\w*(?:stripe|external|provider|remote|transaction|charge|invoice|session|intent|gateway|shopify|github|paypal|reference|source|foreign|vendor|twilio|mailgun)_?\w*[iI][dD]\b|->id\b|\bsid\b|uuid|guid|refer/i

/** A handler that adds something at each delivery or message and never asks whether it came before. */
export const eventNotDeduplicated: Judgement = {
  names: ['handler', 'write'],
  judge: (view) => [...repeatedIn(view), ...grownTwice(view)],
}

function repeatedIn(view: View): readonly Observation[] {
  return webhookHandlers(view).flatMap((handler) => {
    const write = repeatableWrite(view, handler)
    if (write === null) return grownByName(view, handler, GUARD)
    if (GUARD.test(withoutOthers(unlogged(view.file, handler), write))) return []
    if (namesModels(write) && MODEL_GUARD.test(handler.text)) return []
    return [
      observe(view, write, {
        range: handler.body,
        symbol: handler.fact.captures['name'] ?? handler.label,
        provider: handler.provider,
        names: { handler: handler.label, write: write.captures['callee'] ?? '' },
        evidence: [{ path: view.file.path, line: handler.fact.line }],
      }),
    ]
  })
}

/** A row that is looked up by its model: `Mandate.objects.filter(`, `prisma.mandate.findUnique(`. */
const LOOKS_UP =
  /\b(\w+)\.(?:objects\.)?(?:filter|get|find(?:Unique|First|One|OrThrow)|find_one|find_by)(?:OrThrow|!)?\(/g
/** Models that keep what was taken, and states by which work that is done is known. */
const KEEPS_TAKEN = /event|hook|deliver|process|message|seen|handled|inbox|receipt|notification/i
const ASKS_STATE =
  /\b\w+\.(?:status|state|paid|is_paid|paid_at|settled|fulfilled|completed\w*|credited\w*)\b/

/** The code without look-ups of other things than what is written: they say nothing of repetitions. */
function withoutOthers(text: string, write: Fact): string {
  if (ASKS_STATE.test(text)) return text
  const written = modelOf(write.captures['callee'] ?? '')
  // A number grows with each delivery, whatever row it stands in.
  const grows = GROWS.test(write.text)
  return text.replace(LOOKS_UP, (whole, model: string) => {
    const isRow = /^[A-Z]/.test(model) || /\.find(?:Unique|First)/.test(whole)
    const isGuard = KEEPS_TAKEN.test(model) || (model === written && !grows)
    return isRow && !isGuard ? 'looked(' : whole
  })
}

const GROWS =
  /(?:\bincrement|\bdecrement|\$inc)\s*["']?\s*:|\bF\(["']|\b(\w+)\s*:\s*[\w.!?]+\.\1\s*\+\s/

/** `LedgerEntry` of `LedgerEntry.objects.create`. */
function modelOf(callee: string): string {
  return (
    callee
      .split('.')
      .filter((part) => part !== 'objects')
      .at(-2) ?? ''
  )
}

function repeatableWrite({ file }: View, handler: WebhookHandler): Fact | null {
  const writes = factsOf(file, 'durable-write').filter(
    (fact) =>
      isRepeatable(fact) &&
      !isOnlyMade(file, fact) &&
      !keepsArrival(fact) &&
      handler.spans.some((span) => within(fact, span) && !isOnlyWhenMissing(file, fact, span)),
  )
  return writes[0] ?? null
}

/** What arrived, kept as it came for whoever works on it later: that one can look for repetitions. */
function keepsArrival({ captures, text }: Fact): boolean {
  return (
    /web_?hook|event|deliver|inbox/i.test(captures['callee'] ?? '') &&
    /\b(?:event|payload|body|raw\w*|data|params)["']?\s*(?::|=>|=)\s*\$?(?:event|payload|params|request|body|raw)\b/i.test(
      text,
    )
  )
}

/** `Command.create({…})` that nobody waits for makes an object, and stores none. */
function isOnlyMade(file: CodeFile, fact: Fact): boolean {
  if (!isScript(file.language) || !/^[A-Z]/.test(fact.captures['callee'] ?? '')) return false
  const after = file.text.slice(fact.end, fact.end + 20)
  return (
    !/(?:\bawait|\breturn|\bvoid|\byield|=>)\s*$/.test(lineBefore(file, fact)) &&
    !/^\s*\./.test(after)
  )
}
