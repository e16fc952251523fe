import type { Fact, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { outboundCalls } from '#core/rules/calls'
import { fileOfImport } from '#core/rules/clients'
import { type CodeFile, factsOf } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import { raceOfLedger, raceOfStatements, worksIn } from '#core/rules/event-race'
import { importsOf } from '#core/rules/imports'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { isStored } from '#core/rules/stores'

/** Names under which code keeps which events it has seen. */
const LEDGER =
  /event|webhook|deliver|notification|message|processed|idempot|dedup|inbox|receipt|seen|handled/i
/** A question whether a record is there, of a store: `X.objects.filter(…).exists(`, `prisma.x.findFirst(`. */
const LOOKUP =
  /\b((?:[A-Za-z_$][\w$]*\.){0,3}[A-Za-z_$][\w$]*)\.(?:objects\.(?:filter|get)\(|find(?:First|Unique|One|OneBy|_one|_first)?\(|exists\(|countDocuments\()/g
/** What makes the second of two deliveries fail or wait. */
const GUARDED =
  /\block|for\s+update|select_for_update|advisory|serializable|on\s+conflict|upsert|get_or_create|update_or_create|skipDuplicates|ignore_conflicts|P2002|23505|IntegrityError|UniqueViolation|UniqueConstraint|DuplicateKey|11000|ER_DUP|setnx|\bnx\b|mutex|semaphore/i
const TRANSACTION =
  /\$?\btransaction\s*(?:<[^()]*>)?\(|\$transaction\b|\.atomic\b|\.begin\(|\bbegin\b|with_transaction|withTransaction|\.transacting\(|startSession\(|unit_?of_?work/i
/** The same in SQL. */
const SQL_LOOKUP = /\bselect\s[^;'"`]{1,120}?\sfrom\s+(\w+)\s+where\b/gi
/** Methods that only collections of documents have. */
const OF_COLLECTIONS =
  /\.(?:updateOne|insertOne|findOneAndUpdate|replaceOne|update_one|insert_one|replace_one)$/
const LEAVES = /^[\s\S]{0,400}?\b(?:return|continue)\b/
/** Functions that are judged; a longer one is not. */
const MAX_FUNCTION = 12_000

/** Asks whether an event was handled, works, and remembers it only then: two deliveries both pass. */
export const checkedThenActed: Judgement = {
  names: ['look', 'mark'],
  judge: (view) =>
    functionsOf(view.file).flatMap((around) => {
      const found = raceIn(view, around)
      if (found === null) return []
      return [
        observe(view, around, {
          line: found.line,
          endLine: found.line,
          range: around,
          symbol: around.captures['name'] ?? null,
          names: { look: found.look, mark: found.mark },
          evidence: [{ path: view.file.path, line: found.markedIn }],
        }),
      ]
    }),
}

function functionsOf(file: CodeFile): readonly Fact[] {
  const all = factsOf(file, 'function').filter((one) => one.captures['form'] === 'function')
  // The smallest function is the one whose order counts.
  return all.filter((one) => one.end - one.start < MAX_FUNCTION)
}

interface Found {
  readonly look: string
  readonly mark: string
  /** The lines of both. */
  readonly line: number
  readonly markedIn: number
}

function raceIn(view: View, around: Fact): Found | null {
  const { file } = view
  const text = withoutComments(file.text.slice(around.start, around.end), file.language)
  if (GUARDED.test(text)) return null
  const race = TRANSACTION.test(text) ? null : (raceOfLedger(file, text) ?? raceOfStatements(text))
  if (race === null) return raceOfRecords(view, around, text)
  const lineAt = (at: number) => lineOf(file, around.start + at)
  return { ...race, line: lineAt(race.at), markedIn: lineAt(race.markedAt) }
}

const lineOf = ({ text }: CodeFile, at: number) => text.slice(0, at).split('\n').length

function raceOfRecords(view: View, around: Fact, text: string): Found | null {
  const { file } = view
  for (const match of [...text.matchAll(LOOKUP), ...text.matchAll(SQL_LOOKUP)]) {
    const store = nameOfStore(match[1] ?? '', match[0])
    if (store === null || !LEDGER.test(store)) continue
    const from = around.start + match.index
    if (!LEAVES.test(text.slice(match.index))) continue
    const mark = marksOf(view, around, store).find((one) => one.start > from)
    if (mark === undefined || !worksBetween(view, from, mark, around)) continue
    if (isOneTransaction(view, text, mark, around, store)) continue
    return {
      look: match[0].replace(/\($/, ''),
      mark: mark.captures['callee'] ?? '',
      line: lineOf(file, from),
      markedIn: mark.line,
    }
  }
  return null
}

/** `prisma.webhookEvent` and `WebhookEvent.objects` both keep webhook events. */
function nameOfStore(path: string, look: string): string | null {
  const last =
    path
      .replace(/\.objects$/, '')
      .split('.')
      .at(-1) ?? ''
  // No list has these methods: `events.findOne` asks a collection.
  if (/\.(?:findOne|find_one)\($/.test(look) && /^(?:events|messages|notifications)$/.test(last))
    return last
  return last === '' ||
    /^(?:prisma|db|tx|session|self|this|array|list|items|events|messages|notifications|keys)$/i.test(
      last,
    )
    ? null
    : last
}

function marksOf({ file }: View, around: Fact, store: string): readonly Fact[] {
  const named = new RegExp(
    `\\b${store}\\b(?:\\.objects)?\\.(?:create|insert|insertOne|insert_one|save|add)$`,
  )
  const inserted = new RegExp(`\\binsert\\s+into\\s+["\`]?${store}\\b`, 'i')
  return factsOf(file, 'durable-write', around).filter(
    (fact) => named.test(fact.captures['callee'] ?? '') || inserted.test(fact.text),
  )
}

/** Something that must not happen twice stands between the question and the mark. */
function worksBetween(view: View, from: number, mark: Fact, around: Fact): boolean {
  const between = (span: Span) =>
    span.start > from && span.end <= mark.start && within(span, around)
  const stored = factsOf(view.file, 'durable-write').some(
    (fact) =>
      between(fact) && (isStored(fact) || OF_COLLECTIONS.test(fact.captures['callee'] ?? '')),
  )
  if (stored || outboundCalls(view.code, view.file).some(({ fact }) => between(fact))) return true
  const text = withoutComments(view.file.text.slice(from, mark.start), view.file.language)
  const left = /\b(?:return|continue)\b[^\n]*/.exec(text)
  return worksIn(view.file, left === null ? text : text.slice(left.index + left[0].length))
}

/**
 * Where work and mark share a transaction, a unique key makes the second delivery roll back: then
 * only a model at hand that has none shows the race.
 */
function isOneTransaction(view: View, text: string, mark: Fact, around: Fact, store: string) {
  if (!TRANSACTION.test(text)) return false
  const imported = importsOf(view.file).find((one) => one.local === store)
  const home = imported === undefined ? null : fileOfImport(view.code, view.file, imported)
  if (home === null) return within(mark, around)
  const model = new RegExp(`class\\s+${store}\\b[\\s\\S]*?(?=\\nclass\\s|$)`).exec(home.text)?.[0]
  return model === undefined || /unique|primary_key\s*=\s*True/i.test(model)
}
