import * as z from 'zod'
import { CALL_COLUMNS, HANDLER_COLUMNS } from '#core/matrix/matrix'

const pattern = z
  .string()
  .min(1)
  .refine((source) => isPattern(source), 'no regular expression')

/** The protection of a row that was there before the change and is missing after it. */
const LostCell = z.discriminatedUnion('row', [
  z.strictObject({ row: z.literal('call'), column: z.enum(CALL_COLUMNS) }),
  z.strictObject({ row: z.literal('handler'), column: z.enum(HANDLER_COLUMNS) }),
])
export type LostCell = z.infer<typeof LostCell>

/** Words of a protection on a line that the change removes, while what they protect stays. */
const LostWords = z.strictObject({
  /** What a removed line says; nothing that the change adds or leaves there says it too. */
  gone: pattern,
  /** Other words for the same; where they are left, nothing is lost. */
  kept: pattern.optional(),
  /** What is done in the same function after the change, and is not protected any more. */
  still: pattern,
  /** Whether what was protected stands right before the removed line, and has to be left. */
  before: z.boolean().default(false),
  /** Whether what is put into log lines counts; elsewhere it is talk. */
  logged: z.boolean().default(false),
})
export type LostWords = z.infer<typeof LostWords>

/** What a rule about changes looks for: a cell of the matrix, words, or both. */
export const Taken = z
  .strictObject({ cells: z.array(LostCell).default([]), words: LostWords.optional() })
  .refine(({ cells, words }) => cells.length > 0 || words !== undefined, 'neither cells nor words')
export type Taken = z.infer<typeof Taken>

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'i')
    return true
  } catch {
    return false
  }
}
