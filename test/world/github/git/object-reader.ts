import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { GIT_ENVIRONMENT } from './run.ts'

export type GitObject = { oid: string; type: 'blob' | 'tree' | 'commit' | 'tag'; content: Buffer }

/** Reads objects through one long-lived `git cat-file --batch`, so that a hundred blobs cost no hundred processes. */
export type ObjectReader = {
  /** `spec` is anything git understands: an id, `branch`, `commit:path`. */
  read: (spec: string) => Promise<GitObject | null>
  close: () => Promise<void>
}

type Waiting = { resolve: (object: GitObject | null) => void; reject: (cause: Error) => void }

const HEADER = /^([0-9a-f]{40}) (blob|tree|commit|tag) (\d+)$/

/** Takes one whole answer from the front of the buffer, or says that more bytes are needed. */
function takeAnswer(buffer: Buffer): { object: GitObject | null; rest: Buffer } | null {
  const end = buffer.indexOf(10)
  if (end === -1) return null
  const header = HEADER.exec(buffer.subarray(0, end).toString('utf8'))
  if (header === null) return { object: null, rest: buffer.subarray(end + 1) }
  const [, oid = '', type = '', size = '0'] = header
  const stop = end + 1 + Number(size)
  if (buffer.length < stop + 1) return null
  const content = Buffer.from(buffer.subarray(end + 1, stop))
  // The expression above admits exactly these four types.
  return {
    object: { oid, type: type as GitObject['type'], content },
    rest: buffer.subarray(stop + 1),
  }
}

export function createObjectReader(folder: string): ObjectReader {
  let child: ChildProcessWithoutNullStreams | null = null
  let chunks: Buffer[] = []
  const queue: Waiting[] = []

  const drain = (): void => {
    let buffer: Buffer = Buffer.concat(chunks)
    for (let answer = takeAnswer(buffer); answer !== null; answer = takeAnswer(buffer)) {
      buffer = answer.rest
      queue.shift()?.resolve(answer.object)
    }
    chunks = [buffer]
  }
  const start = (): ChildProcessWithoutNullStreams => {
    const started = spawn('git', ['cat-file', '--batch'], { cwd: folder, env: GIT_ENVIRONMENT })
    started.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      drain()
    })
    started.stdin.on('error', () => undefined)
    started.on('close', () => {
      for (const waiting of queue.splice(0)) waiting.reject(new Error('git cat-file ended'))
    })
    return started
  }
  return {
    read: (spec) =>
      new Promise((resolve, reject) => {
        // The protocol is one line per question.
        if (spec.includes('\n')) return resolve(null)
        child ??= start()
        queue.push({ resolve, reject })
        child.stdin.write(`${spec}\n`)
      }),
    close: () =>
      new Promise((resolve) => {
        if (child === null || child.exitCode !== null) return resolve()
        child.on('close', () => resolve())
        child.stdin.end()
      }),
  }
}
