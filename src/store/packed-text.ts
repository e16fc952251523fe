import { inflateRawSync } from 'node:zlib'

/** No JSON document begins with it: what is stored packed is told apart by this. */
const MARK = 'z'

/** More than the largest delivery; what we packed ourselves unpacks to no more. */
const LONGEST_BYTES = 32 * 1024 * 1024

/**
 * The document as it was. Earlier versions kept whole payloads, packed; what is not
 * packed is given back as it is.
 */
export function unpack(stored: string): string {
  if (!stored.startsWith(MARK)) return stored
  const bytes = Buffer.from(stored.slice(MARK.length), 'base64')
  return inflateRawSync(bytes, { maxOutputLength: LONGEST_BYTES }).toString('utf8')
}
