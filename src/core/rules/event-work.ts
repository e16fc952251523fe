/** Calls that do nothing twice: they write to the log, answer, read or only shape. */
const IDLE_ROOT =
  /^(?:\$?this[.>-]+|self\.|await\s+)?@?\$?_?(?:\w*[lL]og(?:ger|ging|s)?|slog|log|console|metrics?|print|println|fmt|JSON|json|span|statsd|tracer|tracing|Log|Rails\.logger|application\.log|res|response|reply|render|head|http|w|ctx\.(?:status|json|send)|c\.(?:json|text|body|Status|JSON|String|NoContent)|Results|Ok|NoContent|ResponseEntity|errors|time|strconv|strings|Math|Number|String|Decimal|str|int|len|if|for|foreach|while|switch|match|when|catch|return|function|func|fn|raise|throw|new|super|assert|require|expect|isset|empty|count|array_\w+|sprintf|in_array|typeof|await|rowcount)\b/
const IDLE_NAME =
  /^(?:get|find|load|read|fetch|parse|verify|validate|check|is|has|to|from|as|decode|encode|with|unwrap|map|filter|any|all|first|one|scan|close|rollback|commit|flush|json|error|errorf|info|warn|warning|debug|trace|exception|format|status|sendStatus|send_response|sendResponse|respond|end|next|ok|len|rowsAffected|RowsAffected|elapsed|since|observe|inc|[A-Z]\w*Exception|Get|Find|Load|Read|Fetch|Parse|Verify|Validate|Is|Has|To|From|With|Map|Any|All|First|Single|Scan|Close|Rollback|Commit|Flush|Error|Errorf|Info|Warn|Debug|Ok|NoContent|Status)(?=[A-Z_]|Async\b|$)/
const CALL =
  /(?:^|[\n;{}]|=>|->(?=\s)|:?=(?!=)|\breturn\b|\bawait\b|\bif\b\s*!?\(?|\belse\b|\bdo\b)[ \t]*(?:await[ \t]+|_[ \t]*:?=[ \t]*)?(?!(?:return|await|if|else|do|const|let|var|val|throw|new|yield|for|foreach|while|switch|case|try|catch|raise|unless|elsif|elif|and|or|not|def|func|fn|fun|public|private|async|static|final|rescue|when|end)\b)([\w$@\\][\w$.?!\\]{0,120}(?:(?:->|::)\w{1,60}(?:\([^()\n]{0,80}\))?){0,5}(?:\.\w{1,60}){0,3}[!?]?)[ \t]*(?:\(|[ \t][:\w"'{])/g

/** Whether code does something that must happen once for each event, in whatever language. */
export function doesWork(text: string): boolean {
  return [...text.matchAll(CALL)].some(([, callee = '']) => {
    if (IDLE_ROOT.test(callee)) return false
    const name = /(\w+)[!?]?(?:\([^()]*\))?$/.exec(callee)?.[1] ?? ''
    return name !== '' && !IDLE_NAME.test(name) && /[.>:]|^[a-z]\w*(?:[A-Z_])\w*$/.test(callee)
  })
}

/** What keeps several steps together: all of them hold, or none. */
export const TOGETHER =
  /\$?\btransaction\w*\b|\.atomic\b|\.begin\w*\(|\bBegin(?:Tx|Txx)?\(|\bbegin\b|[iI]n_?[tT](?:x|ransaction)\b|[wW]ith_?[tT]x|with_?transaction|withTransaction|\.transacting\(|startSession\(|unit_?of_?work|\btx\b|\btrx\b|@Transactional|TransactionScope|BeginTransaction|Transactional\b/i

/** The code of a function begins with what stands above it, such as its decorators. */
export function annotationsBefore(text: string, start: number): string {
  const above = text.slice(Math.max(0, start - 300), start)
  return /(?:^[ \t]*[@#[][^\n]*\n[ \t]*)+(?:[\w<>[\], ?]*[ \t])?$/m.exec(above)?.[0] ?? ''
}
