import * as z from 'zod'
import { shortHash } from '#core/text/short-hash'

const DIGITS = 64

/** The digest of the words that a pull request had when a command was written on it: SHA-256 in hex. */
export const AnnouncedText = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * Digests title and description, so that a later edit is noticed and no word of them is kept. Line
 * endings do not count, and neither does whether an empty description is null or an empty text:
 * GitHub's answers may differ in both.
 */
export function announcedText(title: string, description: string | null): string {
  const plain = (text: string) => text.replaceAll('\r\n', '\n')
  return shortHash([plain(title), plain(description ?? '')], DIGITS)
}
