import { quietOf } from '#core/matrix/region'
import type { CodeFile } from '#core/rules/code'

/** Lines above something that are read in the search for what it stands in. */
const MAX_LINES = 160

/** What something in a file stands in. */
export interface Header {
  readonly offset: number
  readonly indent: number
  readonly text: string
}

const DECLARES =
  /^\s*(?:export\s+)?(?:default\s+)?(?:public|private|protected|internal|static|override|final|async|suspend|pub(?:\([^)]*\))?|\s)*(?:def|func|function|fn|fun|sub)\b|^\s*(?:class|module|struct|impl|interface|namespace)\b/

/**
 * The lines that open the blocks around an offset, innermost first, up to the function that it
 * stands in: `} catch (err) {`, `if attempts >= MAX:`, `db.transaction(async (trx) => {`.
 */
export function headersAbove(file: CodeFile, offset: number): readonly Header[] {
  const { text } = quietOf(file)
  const found: Header[] = []
  let at = text.lastIndexOf('\n', offset - 1) + 1
  let indent = indentOf(text.slice(at, offset + 1))
  for (let count = 0; count < MAX_LINES && at > 0 && indent > 0; count += 1) {
    const before = text.lastIndexOf('\n', at - 2) + 1
    const line = text.slice(before, at - 1)
    at = before
    if (line.trim() === '') continue
    const own = indentOf(line)
    if (own >= indent) continue
    if (/^\s*(?:[)\]}]+[;,]?|\{)\s*$/.test(line)) continue
    indent = own
    found.push({ offset: before, indent: own, text: line })
    if (DECLARES.test(line)) break
  }
  return found
}

function indentOf(line: string): number {
  const lead = /^[ \t]*/.exec(line)?.[0] ?? ''
  return lead.replaceAll('\t', '    ').length
}

const FAILURE =
  /\bcatch\b|\bexcept\b|\brescue\b|\b\w*err(?:or)?\w*\s*!=\s*nil|\belse\b|attempt|retr(?:y|ies)|exhaust|on_?_?fail|["'`:](?:failed|error)\b|\bfailed\s*\(|Failed\s*\(|on_?_?error|\bErr\(|errback|\bfailure\b|!\s*\w*(?:ok|success)\b|recover\(/i

/** Whether something is done because something else failed. */
export function standsInFailure(file: CodeFile, offset: number): boolean {
  return headersAbove(file, offset).some(({ text }) => FAILURE.test(text))
}

const TRANSACTION =
  /\$?\btransact(?:ion)?\b|\batomic\b|\b[bB]egin(?:Tx|Transaction|Nested)?\w*\s*\(|\bin_?[tT]ransaction\b|with_?[tT]ransaction|@Transactional\b|\bunit_?of_?work\b/i

const BEGINS =
  /["'`]\s*(?:BEGIN|START TRANSACTION)\b|\.(?:[bB]egin\w*|BeginTx\w*|startTransaction|start_transaction|transaction)\(|\bbeginTransaction\b/
const ENDS = /["'`]\s*COMMIT\b|\.(?:[cC]ommit\w*)\(/
/** Characters before something in which its transaction may begin. */
const BEFORE = 1_500

/** Whether something is done in a block that is written as one, or after one was begun. */
export function standsInTransaction(file: CodeFile, offset: number): boolean {
  const headers = headersAbove(file, offset)
  if (headers.some(({ text }) => TRANSACTION.test(text))) return true
  const { text } = quietOf(file)
  const top = headers.at(-1)?.offset ?? 0
  if (
    /@Transactional\b|@transaction\.atomic|@atomic\b/.test(text.slice(Math.max(0, top - 200), top))
  )
    return true
  const before = text.slice(Math.max(top, offset - BEFORE), offset)
  const begun = before.search(BEGINS)
  return begun >= 0 && !ENDS.test(before.slice(begun))
}
