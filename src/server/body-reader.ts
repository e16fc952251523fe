import type { IncomingMessage } from 'node:http'

/** Bounds on what strangers may make us hold before their signature is known. */
export interface BodyLimits {
  readonly maxBytes: number
  /** Of all bodies that are being read, together. */
  readonly maxTotalBytes: number
  readonly maxReaders: number
}

/** A body, or why there is none: `shed` made room for others, `aborted` means nobody listens. */
export type BodyRead =
  | { readonly kind: 'read'; readonly body: Buffer }
  | { readonly kind: 'too-large' | 'shed' | 'aborted' }

export interface BodyReader {
  read(request: IncomingMessage): Promise<BodyRead>
  /** How many bodies are being read now. */
  readonly reading: number
}

interface Reading {
  bytes: number
  readonly end: (result: BodyRead) => void
}

/**
 * Makes a reader of request bodies with bounded memory. When there are too many of them the one
 * that was begun first is dropped, and when they are too large together the largest: a genuine
 * delivery is over in milliseconds, so a flood of slow bodies pushes out itself.
 */
export function createBodyReader(limits: BodyLimits): BodyReader {
  // In the order of their begin.
  const readings = new Set<Reading>()
  let total = 0

  const remove = (reading: Reading) => {
    if (readings.delete(reading)) {
      total -= reading.bytes
    }
  }
  const makeRoom = () => {
    if (readings.size > limits.maxReaders) {
      const [oldest] = readings
      oldest?.end({ kind: 'shed' })
    }
    if (total > limits.maxTotalBytes) {
      const largest = [...readings].reduce((a, b) => (b.bytes > a.bytes ? b : a))
      largest.end({ kind: 'shed' })
    }
  }

  return {
    get reading() {
      return readings.size
    },
    read(request) {
      const { promise, resolve } = Promise.withResolvers<BodyRead>()
      let chunks: Buffer[] = []
      const reading: Reading = {
        bytes: 0,
        end(result) {
          request.off('data', onData)
          remove(reading)
          chunks = []
          resolve(result)
        },
      }
      const onData = (chunk: Buffer) => {
        chunks.push(chunk)
        reading.bytes += chunk.length
        total += chunk.length
        if (reading.bytes > limits.maxBytes) {
          reading.end({ kind: 'too-large' })
        } else {
          makeRoom()
        }
      }
      readings.add(reading)
      makeRoom()
      request.on('data', onData)
      request.once('end', () => {
        const [first] = chunks
        // Most come in one piece.
        const body = first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks)
        reading.end({ kind: 'read', body })
      })
      request.once('close', () => reading.end({ kind: 'aborted' }))
      request.once('error', () => reading.end({ kind: 'aborted' }))
      return promise
    },
  }
}
