import type { Fact, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { outboundCalls } from '#core/rules/calls'
import { factsOf, functionAround } from '#core/rules/code'
import { codeOnly } from '#core/rules/code-text'
import { asksThisMachine } from '#core/rules/leads-out'
import { atEach, type Judgement, type View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { asksOwnStore } from '#core/rules/stores'

const WAITS = /sleep|delay|setTimeout|\bwait|backoff|pause|timers|interval|\.after\(/i
/** The next attempt goes another way, so there is nothing to wait for. */
const ASKS_ANOTHER =
  /\b(?:next|pick|choose|rotate)_?\w{0,40}(?:[cC]lient|[pP]roxy|[sS]erver|[mM]irror)\w{0,40}\(|\bget_?\w{0,40}(?:[pP]roxy|[mM]irror)\w{0,40}\(/
/** A client of those that take turns. */
const TAKES_CLIENT = /\bget_?[cC]lient\(/
const TURNS =
  /\bprox(?:y|ies)\w*\b[^\n]{0,80}\bcycle\(|\bcycle\([^\n]{0,80}prox(?:y|ies)|prox(?:y|ies)_cycle/i
const COUNTS = /attempt|tries|retry|retries|count|max|limit|deadline|\+\+|\+=|-=|--/i
/** The loop of a worker, which somebody else ends: what failed is its next round. */
const ASKS_TO_STOP =
  /\b\w*(?:stop|shut_?down|cancel|exit|quit|terminat)\w*\.(?:is_?set|isSet|wait)\(|\b(?:signal\.aborted|isCancelled|cancellationToken\.)/i
/** Each attempt asks for less than the one before. */
const ASKS_LESS = /\b(\w{1,40})\s*=\s*(?:max|Math\.max)\(\s*\1\s*\/\/?\s*\d/
const LEAVES = /\b(?:throw|raise|return|break)\b/
/**
 * A loop that counts attempts. A range over the length of something, or in steps, goes through
 * items or batches: then going on with the next one is no retry.
 */
const ATTEMPTS = /attempt|retry|retries|tries|\brange\((?:\s*1\s*,)?\s*[\w.]+(?:\s*\+\s*1)?\s*\)/i

/** A longer loop is not judged, so that nested ones cannot cost the square of their size. */
const MAX_LOOP = 20_000

/** A loop that repeats an outbound call for as long as it fails. */
export const retryWithoutLimit: Judgement = {
  names: ['call'],
  judge: (view) =>
    atEach(factsOf(view.file, 'loop'), (loop) => {
      const call = retriedCall(view, loop)
      if (call === null || isCounted(loop)) return []
      const code = codeOf(view, loop)
      if (COUNTS.test(code) || ASKS_TO_STOP.test(code)) return []
      return [observe(view, loop, { endLine: loop.line, names: { call } })]
    }),
}

/** A loop that repeats an outbound call at once, without waiting in between. */
export const retryWithoutWait: Judgement = {
  names: ['call'],
  judge: (view) =>
    atEach(factsOf(view.file, 'loop'), (loop) => {
      const call = retriedCall(view, loop)
      if (call === null || /^Promise\./.test(call)) return []
      const code = codeOf(view, loop)
      if (WAITS.test(code) || ASKS_LESS.test(code)) return []
      if (asksAnother(view, loop) || takesTurn(loop)) return []
      if (!isCounted(loop) && !COUNTS.test(code)) return []
      return [observe(view, loop, { endLine: loop.line, names: { call } })]
    }),
}

function asksAnother(view: View, loop: Fact): boolean {
  const code = codeOf(view, loop)
  return ASKS_ANOTHER.test(code) || (TAKES_CLIENT.test(code) && TURNS.test(view.file.text))
}

/** What is called is told which turn it is, or is given another thing each time: it may wait by itself. */
function takesTurn(loop: Fact): boolean {
  const turn =
    /\bfor\s*\(?\s*(?:let|const|var)?\s*(\w{1,40}|\[[\w\s,]{1,80}\])\s*(?:=|\bin\b|\bof\b)/.exec(
      headerOf(loop),
    )?.[1]
  const names = (turn?.match(/\w+/g) ?? []).filter((name) => !/^_\d?$/.test(name)).join('|')
  if (names === '') return false
  return new RegExp(
    `\\b(?:return|await|=)\\s+(?:await\\s+)?[\\w.$]{1,60}\\((?:[^()]{0,120},\\s*)?(?:${names})\\s*[,)]`,
  ).test(loop.text)
}

/**
 * One second try, and only after a failure of a certain kind, such as a connection that had been
 * closed: nothing piles up. Of who is overloaded that cannot be said.
 */
function triesOnceMore(handler: string): boolean {
  const again = AGAIN_AT_FIRST.exec(handler) ?? UP_AFTER_FIRST.exec(handler)
  if (again === null || !ABOUT_FAILURE.test(again[1] ?? '')) return false
  return LEAVES.test(handler.slice(again.index)) && !OVERLOADED.test(handler)
}

const AGAIN_AT_FIRST =
  /\bif\b((?=[^\n]{0,200}(?<![.\w])\w{0,20}(?:attempt|retr(?:y|ies)|tries|tried)\w{0,20}\s*(?:===?\s*0|<\s*1)\b)[^\n|]{0,200}?)[\s{:)]{1,60}continue\b/i
const UP_AFTER_FIRST =
  /\bif\b\s*\(?\s*\w{0,20}(?:attempt|retr(?:y|ies)|tries|tried)\w{0,20}\s*(?:>\s*0|>=\s*1)\s*(?:\|\||or)([^\n&]{1,200}?)[\s{:)]{1,60}(?:throw|raise|return|break)\b/i
const ABOUT_FAILURE =
  /[\w.]{2,60}\(\s*(?:\w{1,20},\s*)?(?:error|err|ex?|exc)\b|\b(?:error|err|ex?|exc)\.\w{1,40}\s*===?/
const OVERLOADED = /overload|429|50[023]|rate_?limit|too_?many|thrott|busy|unavailable|quota/i

function codeOf({ file }: View, loop: Fact): string {
  return codeOnly(loop.text, file.language)
}

function isEndless(loop: Fact): boolean {
  if (loop.captures['form'] === 'for') return /^for\s*\(\s*;\s*;/.test(loop.text)
  return (
    loop.captures['form'] === 'while' &&
    /^\(?\s*(?:true|True|1)\s*\)?$/.test(loop.captures['condition'] ?? '')
  )
}

/** The call of a loop whose failure is caught and that is tried again; null where there is none. */
function retriedCall(view: View, loop: Fact): string | null {
  if (loop.text.length > MAX_LOOP || !repeats(loop)) return null
  const tried = factsOf(view.file, 'catch-block', loop)
    .filter((fact) => fact.captures['form'] === 'statement' && goesOn(view, fact, loop))
    .flatMap((fact) => fact.spans['tried'] ?? [])
  // What a function within an endless loop tries or returns does not end the loop.
  const home = functionAround(view.file, loop)
  const own = tried.filter((span) => functionAround(view.file, span) === home)
  const call = triedCall(view, loop, isEndless(loop) ? own : tried) ?? refusedCall(view, loop)
  // Success ends a counted retry; a loop that never leaves does its work many times.
  const leaves = !isCounted(loop) || /\b(?:return|break)\b/.test(codeOf(view, loop))
  return leaves ? call : null
}

function repeats(loop: Fact): boolean {
  return isEndless(loop) || isCounted(loop) || isPoll(loop)
}

const headerOf = (loop: Fact) =>
  loop.text.slice(0, loop.text.indexOf(loop.captures['body'] ?? '') + 1)

function isCounted(loop: Fact): boolean {
  if (isEndless(loop)) return false
  if (loop.captures['form'] !== 'while') return ATTEMPTS.test(headerOf(loop))
  const condition = loop.captures['condition'] ?? ''
  return [...condition.matchAll(COUNTER)].some(([, name = '']) => !countsItems(loop, name))
}

const COUNTER = /\b(\w{0,40}(?:attempt|retr(?:y|ies)|tries)\w{0,40})\s*[<>]/gi

/** `attempted += rows.length`: how many things were gone through, not how often one was. */
function countsItems(loop: Fact, name: string): boolean {
  return new RegExp(`\\b${name}\\s*\\+=\\s*(?![\\s\\d.])`).test(loop.text)
}

/** Waits for a result: `while (state !== 'done')`. A flag such as `running` is a worker's. */
function isPoll(loop: Fact): boolean {
  const condition = loop.captures['condition'] ?? ''
  if (loop.captures['form'] !== 'while') return false
  return POLLS.test(condition) || waitsForValue(loop, condition)
}

const POLLS =
  /^\(?\s*(?:not\s+|!)?\w*(?:state|status|done|finished|complete|completed|ready|result)\w*\b(?!\()/i

/** Goes round until a name is given what a call answers: `while (!booking) { booking = await … }`. */
function waitsForValue(loop: Fact, condition: string): boolean {
  const name = /^\(?\s*(?:not\s+|!\s*)(\w{1,60})\s*\)?$/.exec(condition)?.[1]
  if (name === undefined || /stop|clos|abort|cancel|shut|exit|quit|running/i.test(name))
    return false
  return new RegExp(`\\b${name}\\s*=\\s*(?:await\\s+)?[\\w.$]{1,80}\\(`).test(loop.text)
}

/** The call that is tried again; a loop that counts attempts says itself what it is. */
function triedCall(view: View, loop: Fact, tried: readonly Span[]): string | null {
  const known = outboundCalls(view.code, view.file).find(
    (one) =>
      !asksOwnStore(one) &&
      tried.some((span) => within(one.fact, span)) &&
      !asksThisMachine(one, view),
  )
  if (known !== undefined) return known.callee
  if (NAMES_ATTEMPTS.test(headerOf(loop)) || isPoll(loop)) return handedOn(view, tried, ANY_CALL)
  if (!isEndless(loop)) return null
  const ends = /\breturn\b/.test(codeOf(view, loop))
  const answer = handedOn(view, tried, RETURNED)
  return answer ?? (ends ? (handedOn(view, tried, SENT) ?? handedOn(view, tried, ASKED)) : null)
}

/** A call in a loop of attempts that goes round again when its status is no success. */
function refusedCall({ file }: View, loop: Fact): string | null {
  const code = codeOnly(loop.text, file.language)
  const again = isEndless(loop) && WAITS.test(code) && !GOES_ON.test(code)
  if (!NAMES_ATTEMPTS.test(headerOf(loop)) && !again) return null
  const looked =
    /\bif\b\s*\(?\s*(\w+)\.(?:ok|is_success|status_code\s*(?:==|<)|status\s*(?:===?|<)|statusCode\s*(?:===?|<))[^\n]*[:{)]\s*(?:return|break)\b/.exec(
      code,
    )
  if (looked?.[1] === undefined || /\b(?:raise|throw)\b/.test(code)) return null
  const sent = new RegExp(
    `\\b${looked[1]}\\s*=\\s*(?:await\\s+)?([\\w.$]{1,60}\\.(?:request|send|get|post|put|patch|delete)|fetch|axios|(?:send|post|put|push|submit|upload|export|deliver)\\w{0,40})\\(`,
  )
  return sent.exec(code)?.[1] ?? null
}

/** Another page or message is asked for, not the same thing again. */
const GOES_ON = /page|cursor|offset|\bnext|\bpoll|\bjob\b|\bmessages?\b/i
const NAMES_ATTEMPTS = /attempt|retr(?:y|ies)|\btries\b|\bfor\s+_\s+in\s+range\(/i

const ANY_CALL = /\b(?:return|await|=)\s+(?:await\s+)?([\w$.]{1,60})(?:<[^()\n]{0,80}>)?\(/
/** An endless loop that ends with what a call returned repeats that call. */
const RETURNED =
  /\breturn\s+(?:await\s+)?([\w$.]{0,50}(?:get|fetch|post|put|send|request|call|once|push|query|list|create|update|submit|publish|execute|perform|attempt|charge|upload|download|sync|fn|func|action|operation|task|connect)\w*)(?:<[^()\n]{0,80}>)?\(/i

/** The same where the answer is looked at first. */
const SENT =
  /=\s*await\s+((?:[\w$]{1,40}\.){0,3}(?:put|post|push|submit|upload|export|publish|charge|transfer|deliver|book|call|request)(?:[A-Z]\w{0,40})?)(?:<[^()\n]{0,80}>)?\(/

/** A client's answer that is read before it is given back. */
const ASKED =
  /=\s*(?:await\s+)?((?:[\w$]{1,40}\.){0,3}\w{0,40}(?:client|session|http|api|requests|httpx|gateway)\.(?:get|post|put|patch|delete|request|send))\(/i

/** What a wrapper tries again: `return await fn()`. */
function handedOn(view: View, tried: readonly Span[], pattern: RegExp): string | null {
  for (const span of tried) {
    const text = codeOnly(view.file.text.slice(span.start, span.end), view.file.language)
    const call = pattern.exec(text)?.[1]
    if (call !== undefined) return call
  }
  return null
}

/** Whether the handler lets the loop run on. A conditional way out counts as one. */
function goesOn({ file }: View, fact: Fact, loop: Fact): boolean {
  const body = codeOnly(fact.captures['body'] ?? '', file.language)
  // A conflict in the own database is over when the other one is done, and a name that is taken is
  // tried in another way.
  const caught = `${(fact.captures['handler'] ?? '').split('\n', 1)[0] ?? ''}\n${body}`
  if (
    /constraint|conflict|deadlock|roll(?:ed)?_?back|serializ|integrity|unique|version|stale|duplicate|already.?(?:exists|taken)/i.test(
      caught,
    )
  )
    return false
  if (endsByFlag(body, loop) || triesOnceMore(body)) return false
  if (!LEAVES.test(body)) return true
  return /if\b/.test(body) && COUNTS.test(body)
}

/** `hasMore = false` where the loop goes round while it has more. */
function endsByFlag(body: string, loop: Fact): boolean {
  if (/\bif\b/.test(body)) return false
  const condition = loop.captures['condition'] ?? ''
  return [...body.matchAll(/^[ \t]*(\w{1,60})\s*=\s*(?:false|False)\b/gm)].some(([, name = '']) =>
    new RegExp(`(?<![!.\\w]|not )${name}\\b(?!\\s*(?:[<>=!]|or\\b|\\|\\|))`).test(condition),
  )
}
