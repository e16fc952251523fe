import { NOTE_ANYWHERE, NOTE_CLAUSE, type Sign } from '#core/memory/note-orders'

/*
 * Recognises sentences that tell the reader what to do instead of what the code does. A learned
 * note is read by a reviewer later, so such a sentence would work like an order from the team.
 * Wrong alarms are cheap here: the fact is not remembered. Every pattern is linear in its input.
 */

const NOT =
  '(?:do not|dont|don t|not to|no need to|need not|neednt|must not|mustnt|should not|shouldnt|shall not|cannot|can not|may not|stop|avoid|refrain from|skip|quit|cease|no longer|nothing to|no reason to|not worth|not necessary to|unnecessary to|pointless to|never to)'
const SAY =
  '(?:flag(?:ged|ging)?|report(?:ed|ing)?|review(?:ed|ing)?|comment(?:ed|ing)?|warn(?:ed|ing)?|mention(?:ed|ing)?|raise|raising|raised|complain(?:ing)?|nitpick(?:ing)?|critici[sz](?:e|ed|ing)|scrutini[sz](?:e|ed|ing)|question(?:ed|ing)?|point(?:ing)? out)'

/** What only a maintainer's decision may do. */
const JUDGES = 'judges findings'

/** Looked for anywhere in the words of the text. */
const ANYWHERE: readonly Sign[] = [
  { means: 'asks to ignore something', pattern: /\b(?:ignore|disregard|overlook)\b/ },
  {
    means: 'asks to ignore something',
    pattern:
      /\b(?:can|may|must|should|shall|will|to|safely) (?:be )?(?:safely )?(?:ignored|skipped|disregarded|overlooked)\b/,
  },
  {
    means: 'asks to ignore something',
    pattern: /\b(?:ignoriere[nt]?|ignorez|ignorar?|ignorieren)\b/,
  },
  { means: 'asks for silence', pattern: new RegExp(`\\b${NOT} (?:\\w+ ){0,3}?${SAY}\\b`) },
  {
    means: 'asks for silence',
    pattern:
      /\bnever (?:\w+ )?(?:flag|report|review|comment|warn|mention|raise|complain|nitpick)\b/,
  },
  {
    means: 'asks for silence',
    pattern: /\b(?:not|never) (?:be )?(?:flagged|reviewed|nitpicked|commented)\b/,
  },
  {
    means: 'asks for silence',
    pattern: /\bwithout (?:any )?(?:flagging|reporting|reviewing|commenting|review|comments?)\b/,
  },
  {
    means: 'asks for approval',
    pattern:
      /\b(?:always|auto|automatically|please|just|simply|must|should|blindly|silently|immediately|can) (?:be )?(?:\w+ )?(?:approved?|trust|trusted|whitelist(?:ed)?|allowlist(?:ed)?|suppress(?:ed)?|dismiss(?:ed)?|lgtm)\b/,
  },
  {
    means: 'asks for approval',
    pattern:
      /\b(?:approve|accept|merge|pass) (?:\w+ )?(?:this|these|all|any|every|everything|it|prs?|pulls?|changes?|requests?|commits?)\b/,
  },
  {
    means: 'asks for approval',
    pattern: /\b(?:lgtm|pre ?approved|rubber ?stamp(?:ed)?|auto ?approved?)\b/,
  },
  {
    means: 'asks for approval',
    pattern: /\balways (?:accept|say|answer|output|assume|consider|rate)\b/,
  },
  { means: 'addresses the reader', pattern: /\b(?:you|your|yours|yourself|youre)\b/ },
  {
    means: 'addresses the reader',
    pattern:
      /\b(?:reviewers?|code reviews?|review bots?|tech lead|system prompt|developer message|prompt injection|jailbreak)\b/,
  },
  {
    means: 'addresses the reader',
    pattern:
      /\b(?:previous|prior|above|earlier|following|these|all|my|new|other|any) (?:instructions?|prompts?|directions?|guidelines?|orders from)\b/,
  },
  {
    means: 'addresses the reader',
    pattern:
      /\b(?:claude|assistant|chatgpt|gpt|copilot|llm|ai|language model|agent|bot|model)s? (?:should|must|can|may|needs?|shall|will|ought|is to|are to|has to|have to|please|do not|dont|never|always)\b/,
  },
  { means: JUDGES, pattern: /\bfindings?\b/ },
  {
    means: JUDGES,
    pattern:
      /\b(?:false positives?|nothing to (?:see|review|flag|report|fix)|(?:safe|fine|ok|okay) to (?:ignore|merge|approve|ship|skip)|already (?:approved|reviewed|audited)|exempt(?:ed)?|waived|out of scope|known good|not reportable|always (?:safe|secure|fine))\b/,
  },
  {
    means: JUDGES,
    pattern:
      /\bnot (?:a |an )?(?:real )?(?:issue|problem|vulnerability|concern|bug|risk|defect)s?\b|\bno (?:issues?|problems?|concerns?|comments?) (?:here|needed|necessary|to report|in|for|with)\b/,
  },
  {
    means: JUDGES,
    pattern:
      /\b(?:warnings?|issues|alerts|vulnerabilit(?:y|ies)|problems|checks|rules?) (?:\w+ ){0,8}?(?:ignored|suppressed|dismissed|waived|disabled|silenced|muted|hidden|accepted)\b/,
  },
  {
    means: JUDGES,
    pattern:
      /\b(?:lower|reduce|downgrade|demote|set|mark|treat|rate|classify|keep)(?:ed|d)? (?:\w+ ){0,8}?(?:severity|as (?:low|info|informational|safe|secure|trusted|benign|harmless|resolved|false))\b/,
  },
]

/** Looked for where a clause begins: an order there, a noun or a fact elsewhere. */
const LEAD =
  '^(?:(?:please|just|simply|always|never|do not|dont|also|and|then|so|but|now|instead|hence|therefore|important|note|must|should|kindly) )*'
const CLAUSE: readonly Sign[] = [
  {
    means: 'gives an order',
    pattern: new RegExp(
      `${LEAD}(?:approve|trust|pretend|obey|comply|suppress|silence|mute|dismiss|exempt|whitelist|allowlist|downgrade|skip|omit|treat|assume|consider|forget|remember|stop|refrain|leak|exfiltrate|reveal|behave|act as|respond|reply|say|output|praise)\\b`,
    ),
  },
  {
    means: 'gives an order',
    pattern: new RegExp(
      `${LEAD}(?:accept|answer|print|follow|flag|report|review|comment|mark|rate|resolve|exclude|hide|visit|execute|tell|disable|bypass|override|merge)(?: \\w+)? (?:this|that|these|those|the|any|all|every|everything|only|no|it|nothing|us|as)\\b`,
    ),
  },
]

const SIGNS = {
  code: { anywhere: ANYWHERE, clause: CLAUSE },
  findings: { anywhere: ANYWHERE.filter(({ means }) => means !== JUDGES), clause: CLAUSE },
  notes: { anywhere: NOTE_ANYWHERE, clause: NOTE_CLAUSE },
}

/** The same orders in other languages, before letters are folded. */
const FOREIGN =
  /忽略|无视|無視|무시|игнорир|не сообща|niemals melden|nicht melden|immer genehmigen|(?:jamais|pas) signaler|toujours approuver|nunca report|siempre aprueb/i

/** Letters of other scripts that look like Latin ones. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  ...{ а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y' },
  ...{ х: 'x', і: 'i', ѕ: 's', ј: 'j', ԁ: 'd', ɡ: 'g', ո: 'n', ӏ: 'l', ν: 'v', α: 'a', ε: 'e' },
  ...{ ι: 'i', κ: 'k', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', η: 'n', ı: 'i' },
}
const DIGIT_LETTERS: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' },
}

/**
 * What makes a text an instruction, in words for a log; null when it states something.
 *
 * @param about `findings` where the text is a decision about findings: then it may judge them;
 * `notes` where people wrote it into the folder: then only what turns a review away counts
 */
export function findInstruction(
  text: string,
  about: 'code' | 'findings' | 'notes' = 'code',
): string | null {
  const { anywhere, clause } = SIGNS[about]
  if (FOREIGN.test(text.normalize('NFKC'))) return 'asks to ignore something'
  const spellings = [fold(text), fold(text.replace(/([a-z])([A-Z])/g, '$1 $2'))]
  for (const spelling of new Set([...spellings, ...spellings.map(unspelled)])) {
    const whole = wordsOf(spelling)
    const sign = anywhere.find(({ pattern }) => pattern.test(whole))
    if (sign !== undefined) return sign.means
    const clauses = spelling.split(/[.!?;:,()\n—–]|\s-\s/).map(wordsOf)
    const order = clause.find(({ pattern }) => clauses.some((clause) => pattern.test(clause)))
    if (order !== undefined) return order.means
  }
  return null
}

/** Lower case, compatibility forms and accents gone, lookalikes as the letter they look like. */
function fold(text: string): string {
  const plain = text
    .replace(/['’]/g, '')
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
  return plain.toLowerCase().replace(/[^ -~]/g, (letter) => LOOKALIKES[letter] ?? letter)
}

/** Undoes `i g n o r e`, `i.g.n.o.r.e` and `1gn0re`. */
function unspelled(text: string): string {
  return text
    .replace(/(?<![a-z0-9])(?:[a-z0-9@$][\s._*-]{1,3}){3,60}[a-z0-9@$](?![a-z0-9])/g, (run) =>
      run.replace(/[._*-]|\s(?!\s)/g, ''),
    )
    .replace(/[a-z0-9@$!]+/g, (word) =>
      /[a-z]/.test(word) ? word.replace(/[013457@$!]/g, (c) => DIGIT_LETTERS[c] ?? c) : word,
    )
}

function wordsOf(text: string): string {
  return text.replace(/[^a-z0-9]+/g, ' ').trim()
}
