import { isDecision } from '#core/memory/decision'
import { entryId, entryIds } from '#core/memory/memory-entry'
import { findEntryId } from '#core/memory/remove-entries'
import { factIn } from '#core/memory/split-overlay'
import type { Catalog } from '#core/providers/catalog'
import {
  forgottenWords,
  memoryOverview,
  refusedWords,
  rememberedWords,
  unknownEntry,
} from '#core/render/memory-answers'
import type { Answer } from '#flow/answering'
import { readTrusted } from '#flow/gather'
import { keepFact, takeOut } from '#flow/keep-fact'
import { judgeFolder } from '#flow/recall-memory'

/** Where a fact goes that names no provider. */
const GENERAL_TOPIC = 'conventions'

/** Writes down what a maintainer says about the repository. */
export const answerRemember: Answer = async (needs, asked) => {
  const words = (asked.command.text ?? '').replace(/\s+/g, ' ').trim()
  const { text, citation } = factIn(words)
  if (isDecision(text)) return refusedWords(BY_DISMISSING)
  const topic = topicOf(text, needs.knowledge.catalog)
  const result = await keepFact(needs, asked, { topic, text, citation, source: 'maintainer' })
  if (!result.ok) return refusedWords(result.refusal)
  return rememberedWords(result.id, result.kept, asked.pull.webUrl)
}

const BY_DISMISSING = {
  reason: 'decision',
  detail: '`/tech-lead dismiss` makes decisions about findings',
} as const

/** The first provider that the words name. */
function topicOf(text: string, catalog: Catalog): string {
  for (const [word] of text.matchAll(/[A-Z][\w.-]{2,40}(?: [A-Z][\w.-]{2,40})?/g)) {
    const provider = catalog.byName(word) ?? catalog.byName(word.split(' ')[0] ?? word)
    if (provider !== null) return provider
  }
  return GENERAL_TOPIC
}

/** Takes an entry out of the memory, or out of what waits for it. */
export const answerForget: Answer = async (needs, asked) => {
  const { job, pull, command } = asked
  const written = command.id ?? ''
  const pending = needs.memory.pending(job)
  const waiting = [...(await pending.list()), ...(await pending.due())]
  const { trusted } = await pull.reader.tip()
  const inFolder = trusted.memory.flatMap(({ text }) => entryIds(text))
  const id = findEntryId(written, [...waiting.map(({ text }) => entryId(text)), ...inFolder])
  if (id === null) return unknownEntry(written)
  const rows = waiting.filter(({ text }) => entryId(text) === id)
  await pending.remove(rows.map((row) => row.id))
  if (!inFolder.includes(id)) return forgottenWords(id, { kind: 'waiting' }, pull.webUrl)
  const result = await takeOut(needs, asked, id)
  if (result.kind === 'refused')
    return forgottenWords(id, { kind: 'refused', because: result.because }, pull.webUrl)
  if ('proposal' in result)
    return forgottenWords(id, { kind: 'proposed', pull: result.proposal }, pull.webUrl)
  return forgottenWords(id, { kind: 'done' }, pull.webUrl)
}

/** Lists what the memory holds and what waits for it. */
export const answerMemory: Answer = async (needs, { job, pull }) => {
  const { trusted, contents } = await pull.reader.tip()
  const { memory, settings } = readTrusted(trusted, needs.agent)
  const pending = needs.memory.pending(job)
  const [waiting, due] = [await pending.list(), await pending.due()]
  const others = due.filter((one) => !waiting.some(({ id }) => id === one.id))
  return memoryOverview({
    agent: settings.agent,
    webUrl: pull.webUrl,
    files: memory.files.length,
    entries: await judgeFolder(contents, memory.files),
    waiting: [...waiting, ...others],
  })
}
