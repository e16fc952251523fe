import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { config } from '../config'

const MAX_BYTES = 50 * 1024 * 1024

export class TooLargeError extends Error {}

function counted(limit: number): Transform {
  let seen = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length
      if (seen > limit) done(new TooLargeError(`more than ${limit} bytes`))
      else done(null, chunk)
    },
  })
}

export async function downloadToDisk(path: string, fileId: string): Promise<void> {
  const url = new URL(`/exchange/files/${encodeURIComponent(fileId)}`, config.edi.baseUrl)
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${config.edi.partnerToken}` },
    redirect: 'error',
    signal: AbortSignal.timeout(120_000),
  })
  if (!response.ok || !response.body) {
    throw new Error(`file ${fileId}: ${response.status}`)
  }
  try {
    await pipeline(
      Readable.fromWeb(response.body as ReadableStream<Uint8Array>),
      counted(MAX_BYTES),
      createWriteStream(path),
    )
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}
