import type { WholeOf } from '#core/agent/cited-lines'
import type { FileDiff, Side } from '#core/diff/diff'
import type { Evidence } from '#core/findings/finding'
import type { At } from '#flow/ports'

/** What whole files are read with. */
interface ReadWhole {
  readonly files: readonly FileDiff[]
  readonly lines: (path: string, at: At) => Promise<readonly string[] | null>
}

/** Reads the files of some evidence whole, to see whether a line stands in a comment. */
export async function wholeFiles(
  needs: ReadWhole,
  evidence: readonly Pick<Evidence, 'path' | 'side'>[],
): Promise<WholeOf> {
  const read = await Promise.all(
    evidence.map(async ({ path, side }) => {
      const at = side === 'RIGHT' ? 'head' : 'base'
      return [`${side} ${path}`, await needs.lines(nameAt(needs.files, path, side), at)] as const
    }),
  )
  const known = new Map(read)
  return ({ path, side }) => known.get(`${side} ${path}`)
}

/** The name of a file on one side of the change: a renamed file had another one at the base. */
export function nameAt(files: readonly FileDiff[], path: string, side: Side): string {
  if (side === 'RIGHT') return path
  return files.find((file) => file.path === path)?.previousPath ?? path
}
