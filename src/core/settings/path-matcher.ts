import picomatch from 'picomatch'

/** Whether a path matches one of the globs of the settings; dot files are ordinary files. */
export function createPathMatcher(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.map((glob) => picomatch(glob, { dot: true, nonegate: true }))
  return (path) => patterns.some((matches) => matches(path))
}
