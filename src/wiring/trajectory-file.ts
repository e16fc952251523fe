import { open, readFile } from 'node:fs/promises'
import { complaintLine, Problem } from '#core/problem'
import type { Report } from '#core/report/report'
import { redact } from '#core/text/redact'
import type { Clock } from '#flow/ports'
import { createRecorder, parseTrajectory, type Recorder } from '#flow/trajectory'

/** A trajectory that is being written. */
interface OpenTrajectory extends Recorder {
  close(): Promise<void>
}

/**
 * Opens a file for the trajectory of one review, readable by its owner alone because it holds
 * code. What was there before is replaced.
 *
 * @throws Problem `trajectory.unwritable`
 */
export async function openTrajectory(
  path: string,
  { clock, secrets }: { readonly clock: Clock; readonly secrets: readonly string[] },
): Promise<OpenTrajectory> {
  const unwritable = (cause: unknown): never => {
    throw new Problem('trajectory.unwritable', 'told', `Cannot write ${path}.`, { cause })
  }
  const file = await open(path, 'w', 0o600).catch(unwritable)
  const recorder = createRecorder({
    clock,
    write: (line) => file.appendFile(`${line}\n`).catch(unwritable),
    redact: (text) => redact(text, secrets).text,
  })
  return { ...recorder, close: () => file.close() }
}

/**
 * The report of a review that was taken down, without a model, a repository or the network.
 *
 * @throws Problem `trajectory.unreadable` that says what is wrong with the file
 */
export async function replayReview(path: string): Promise<Report> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Problem('trajectory.unreadable', 'told', `Cannot read ${path}.`, { cause })
  })
  const read = parseTrajectory(path, text)
  if (read.ok) return read.value.report
  const message = read.complaints.map(complaintLine).join('\n')
  throw new Problem('trajectory.unreadable', 'told', message)
}
