/** One file's text and its path, relative to the repository's root with forward slashes. */
export interface SourceText {
  readonly path: string
  readonly text: string
}

/** The settings file of a repository, which somebody may have written for no reader of text. */
export interface SettingsSource extends SourceText {
  /** Why it could not be read; its text is empty then. */
  readonly unreadable?: string
}

/** A YAML file of ours. */
export interface YamlSource extends SourceText {
  /** What the text means, where somebody parsed it before. */
  readonly parsed?: unknown
}
