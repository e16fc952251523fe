import { byteLength } from '#core/text/lines'

/** Code takes about 3 to 4 bytes for a token; this estimate never promises too little. */
export const BYTES_PER_TOKEN = 2.5

/** Tokens that a text takes, estimated on the safe side. */
export function estimateTokens(text: string): number {
  return Math.ceil(byteLength(text) / BYTES_PER_TOKEN)
}
