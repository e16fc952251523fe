/** Languages that have fact packs. */
export type Language = 'typescript' | 'tsx' | 'javascript' | 'python'

/** The enclosing function, method or class of a fact. Lines are 1-based, the end inclusive. */
export interface Scope {
  readonly name: string | null
  readonly startLine: number
  readonly endLine: number
}

/**
 * Something that source code says about an integration, without judgement: an outbound call, a
 * signature check, a log call. `kind` names the fact pack that saw it; `captures` are the named
 * parts of the match, such as the client, the URL or the options.
 */
export interface Fact {
  readonly kind: string
  readonly path: string
  readonly language: Language
  readonly line: number
  readonly endLine: number
  readonly text: string
  readonly scope: Scope | null
  readonly captures: Readonly<Record<string, string>>
}
