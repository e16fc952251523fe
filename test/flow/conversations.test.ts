import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canComment, commentableLines } from '#core/diff/line-sets'
import { placeClaims } from '#core/findings/place-claims'
import { adviceSection } from '#core/render/advice-section'
import { findingComment } from '#core/render/finding-comment'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import { createModelWorld, type ModelWorld } from '../world/model/model-world.ts'
import { holding } from '../world/model/scripted-reviewer.ts'
import { finishing, type SeenRequest } from '../world/model/turns.ts'
import { TABLE } from './conversation-table.ts'
import { answered, createBench, PAY_DIFF, RULE_CLAIM } from './review-bench.ts'

const WEB = 'https://github.com/acme/shop'
let world: ModelWorld
beforeAll(async () => {
  world = await createModelWorld()
})
afterAll(async () => {
  await world.close()
})

test('there are at least forty conversations', () => {
  expect(Object.keys(TABLE).length).toBeGreaterThanOrEqual(40)
})

describe('a conversation, and what is posted of it', () => {
  test.each(Object.entries(TABLE))(
    '%s',
    async (name, told) => {
      let index = -1
      world.play((request: SeenRequest) => {
        if (request.tools.includes('judge_findings')) return holding(request)
        index += 1
        const { turns } = told
        return typeof turns === 'function' ? turns(index) : (turns[index] ?? finishing())
      })
      const before = world.violations.length
      const evidence = name === 'what a rule found already' ? [RULE_CLAIM] : []
      const outcome = answered(await createBench(world).ask({ evidence }))
      expect(world.violations.slice(before)).toEqual([])
      if (told.partial === undefined) expect(outcome.partial).toBeNull()
      else expect(outcome.partial).toMatch(told.partial)
      if (name !== 'thousands of findings') {
        expect(outcome.refused).toHaveLength(told.refused ?? 0)
      }
      const findings = placeClaims([...evidence, ...outcome.claims], [PAY_DIFF], DEFAULT_SETTINGS)
      expect(findings).toHaveLength(told.findings)
      for (const finding of findings) {
        const body = findingComment(finding, WEB)
        expect(Buffer.byteLength(body)).toBeLessThan(60_000)
        // GitHub takes a comment on lines of one hunk alone.
        const lines = commentableLines(PAY_DIFF, finding.side)
        if (finding.placement === 'line') {
          expect(canComment(lines, finding.startLine, finding.line)).toBe(true)
        }
        told.also?.(body)
      }
      const { closing } = outcome
      if (told.sequence !== undefined) {
        expect(closing?.diagram !== undefined).toBe(told.sequence)
      }
      if (closing?.diagram !== undefined) {
        const { risk, complexity, diagram: sequence, failure_modes: failureModes, plan } = closing
        const section = adviceSection({ risk, complexity, sequence, failureModes, plan }, WEB)
        expect(section).not.toMatch(/%%\{|;b\n/)
      }
    },
    30_000,
  )
})
