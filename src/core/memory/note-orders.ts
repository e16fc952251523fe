/** One kind of order and how it is recognised. Every pattern is linear in its input. */
export interface Sign {
  /** In words for a log. */
  readonly means: string
  readonly pattern: RegExp
}

/**
 * What turns a sentence that people wrote in a memory folder into an order that changes how changes
 * are reviewed. Teams write notes as orders to each other ("Always use the shared client", "Don't
 * retry refunds", "Flag new uses of it"); none of these asks a reviewer to look away.
 */
const WHO =
  '(?:reviewers?|code reviews?|review bots?|tech lead|claude|assistants?|chatgpt|gpt|copilot|llm|ai|language models?|you)'
const MAY =
  '(?:should|must|can|may|need|needs|shall|will|ought to|is to|are to|has to|have to|please|always|safely|simply|just)'
const NOT =
  '(?:do not|dont|never|stop|avoid|refrain from|skip|quit|cease|no need to|nothing to|no reason to|not necessary to|there is no need to|should not|shouldnt|must not|mustnt|need not|neednt)'
const SAY =
  '(?:flag(?:ging)?|report(?:ing)?|review(?:ing)?|comment(?:ing)? (?:on|about)|warn(?:ing)?|mention(?:ing)?|complain(?:ing)?|nitpick(?:ing)?|critici[sz](?:e|ing)|scrutini[sz](?:e|ing)|point(?:ing)? out|rais(?:e|ing) (?:\\w+ ){0,2}?(?:findings?|concerns?|issues?|problems?|comments?|it|this|these))'
/** What a reviewer says, or goes by. */
const REVIEWED =
  '(?:findings?|warnings?|alerts?|issues?|problems?|vulnerabilit(?:y|ies)|concerns?|severity|reviews?|instructions?|prompts?|guidelines?|checks?|rules?)'
const LEAD =
  '^(?:(?:please|just|simply|always|also|and|then|so|but|now|instead|hence|therefore|important|note|must|should|kindly|safely|automatically|silently|blindly|immediately|reviewers?|claude|you|we|can|may) )*'

/** Looked for anywhere in the words of a line. */
export const NOTE_ANYWHERE: readonly Sign[] = [
  {
    means: 'asks to ignore something',
    pattern: new RegExp(
      `\\b(?:ignore|disregard|overlook|forget|override|bypass|supersede|suppress|silence|mute|dismiss) (?:\\w+ ){0,4}?${REVIEWED}\\b`,
    ),
  },
  {
    means: 'asks to ignore something',
    pattern: new RegExp(
      `\\b${WHO} (?:${MAY} )?(?:\\w+ )?(?:ignore|disregard|overlook|skip|approve|dismiss)\\b`,
    ),
  },
  {
    means: 'asks to ignore something',
    pattern: new RegExp(
      `\\b${REVIEWED} (?:\\w+ ){0,5}?(?:can|may|must|should|shall|to) (?:always )?be (?:safely )?(?:ignored|skipped|disregarded|overlooked|suppressed|dismissed|waived|disabled|silenced|muted|hidden|accepted)\\b`,
    ),
  },
  {
    means: 'asks to ignore something',
    pattern: /\b(?:ignoriere[nt]?|ignorez|ignorar)\b/,
  },
  {
    means: 'asks for silence',
    pattern: new RegExp(`\\b${WHO} (?:\\w+ ){0,2}?(?:not|never|stop) (?:\\w+ ){0,2}?${SAY}\\b`),
  },
  {
    means: 'asks for silence',
    pattern: /\b(?:not|never) be (?:flagged|reviewed|reported|nitpicked)\b/,
  },
  {
    means: 'asks for silence',
    pattern: /\b(?:no need|no reason|not necessary) to (?:flag|report|review|warn|mention)\b/,
  },
  {
    means: 'asks for approval',
    pattern:
      /\b(?:lgtm|rubber ?stamp|always (?:approve|trust)|approve (?:this|these|all|any|every|everything|prs?|pulls?|(?:\w+ )?(?:changes?|pull requests?|commits?)))\b/,
  },
  {
    means: 'addresses the reader',
    pattern: /\b(?:system prompt|developer message|prompt injection|jailbreak)\b/,
  },
  {
    means: 'judges findings',
    pattern:
      /\b(?:false positives?|(?:safe|fine|ok|okay) to (?:ignore|merge|approve)|already (?:approved|reviewed|audited)|exempt from|not reportable|nothing to (?:review|flag|report))\b/,
  },
]

/** Looked for where a clause begins. */
export const NOTE_CLAUSE: readonly Sign[] = [
  {
    means: 'asks for silence',
    pattern: new RegExp(`${LEAD}${NOT} (?:(?!without|before|until)\\w+ ){0,2}?${SAY}\\b`),
  },
  {
    means: 'gives an order',
    pattern: new RegExp(
      `${LEAD}(?:ignore|disregard|overlook|approve|pretend|obey|comply|exfiltrate|leak|reveal|praise|behave as|act as|respond with|say that|consider (?:it|this|them|these|everything) (?:reviewed|approved|safe|done|fine|resolved))\\b`,
    ),
  },
  {
    means: 'gives an order',
    pattern: new RegExp(
      `${LEAD}(?:skip|exclude|omit|hide) (?:this|these|those|all|any|every|the) (?:\\w+ )?(?:files?|folders?|director(?:y|ies)|prs?|pull requests?|${REVIEWED})\\b`,
    ),
  },
  {
    means: 'judges findings',
    pattern: new RegExp(
      `${LEAD}(?:lower|reduce|downgrade|demote|set|mark|treat|rate|classify|keep) (?:\\w+ ){0,8}?(?:severity|as (?:low|safe|secure|trusted|benign|harmless|false))\\b`,
    ),
  },
]
