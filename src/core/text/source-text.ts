/** One file's text and its path, relative to the repository's root with forward slashes. */
export interface SourceText {
  readonly path: string
  readonly text: string
}

/** A YAML file of ours. */
export interface YamlSource extends SourceText {
  /** What the text means, where somebody parsed it before. */
  readonly parsed?: unknown
}
