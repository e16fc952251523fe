/** One file's text and its path, relative to the repository's root with forward slashes. */
export interface SourceText {
  readonly path: string
  readonly text: string
}
