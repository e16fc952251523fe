import { describe, expect, test } from 'vitest'
import { FLAWED, SHOP_FILES } from '../stories/shop.ts'
import { answeringStage } from '../support/answering-stage.ts'
import { finding, report } from '../support/builders.ts'
import { parseDiagram } from '../support/mermaid.ts'

const HEAD = 'd'.repeat(40)

describe('explain', () => {
  const mended = finding({ id: 'tl-bbbbbbbbbbbb', title: 'It was mended' })
  const stage = () => {
    const s = answeringStage()
    s.state.reports.push(
      report({ head: HEAD, findings: [finding()] }),
      report({ head: 'e'.repeat(40), findings: [finding({ title: 'said before' }), mended] }),
    )
    return s
  }

  test('a finding by the first letters of its id, as it was said last', async () => {
    const text = await stage().ask('explain', { id: 'tl-0123' })
    expect(text).toContain('**Charge is created without an idempotency key** (`tl-0123456789ab`)')
    expect(text).toContain(`/blob/${HEAD}/src/a.ts#L3`)
    expect(text).toMatch(/<https:\/\/docs\.stripe\.com\/[^>]+> \(read on \d{4}-\d{2}-\d{2}\)/)
    expect(text).not.toContain('no longer found')
  })

  test('one that a later push mended says that it is gone', async () => {
    const text = await stage().ask('explain', { id: 'bbbbbb' })
    expect(text).toContain('It was mended')
    expect(text).toContain('no longer found at the newest head')
  })

  test('an unknown one is answered in a line', async () => {
    expect(await stage().ask('explain', { id: 'cccccc' })).toContain('begins with `cccccc`')
    expect(await answeringStage().ask('explain', { id: 'cccccc' })).toContain('No finding')
  })
})

describe('config', () => {
  const settings = 'review:\n  max_comments: 3\nbudget: { usd_per_day: 5 }\n'

  test('what is written comes first, with its line, and the defaults are folded away', async () => {
    const s = answeringStage({
      tip: { '.github/tech-lead.yml': settings },
      needs: {
        operator: {
          hasModel: true,
          modelGranted: () => true,
          model: 'claude-opus-5',
          maxUsdPerReview: 1,
          maxUsdPerDay: null,
        },
      },
    })
    const text = await s.ask('config')
    expect(text).toContain('| `review.max_comments` | `3` | `.github/tech-lead.yml:2` |')
    expect(text).toContain('| `budget.usd_per_day` | `5` | `.github/tech-lead.yml:3` |')
    expect(text).toContain('| `model` | `claude-opus-5` | the operator |')
    expect(text).toContain('| `most US dollars per review` | `1` | the operator |')
    expect(text).toMatch(/<details><summary>\d+ defaults<\/summary>/)
    expect(text).toContain('| `review.inline_from` | `medium` | default |')
  })

  test('a model that is switched off is named with who says so', async () => {
    const operator = {
      ...{ hasModel: true, model: 'claude-opus-5', maxUsdPerReview: 1, maxUsdPerDay: null },
      modelGranted: () => true,
    }
    const tip = { '.github/tech-lead.yml': 'model: { mode: off }\n' }
    const own = await answeringStage({ tip, needs: { operator } }).ask('config')
    expect(own).toContain('| `model` | none: rules alone | `.github/tech-lead.yml` |')
    const granting = { ...operator, modelGranted: () => false }
    const text = await answeringStage({ needs: { operator: granting } }).ask('config')
    expect(text).toContain('| `model` | none: rules alone | the operator |')
  })

  test('what the repository asks for beyond the operator is shown beside what holds', async () => {
    const tip = { '.github/tech-lead.yml': 'budget: { usd_per_review: 900 }\n' }
    const operator = {
      ...{ hasModel: true, model: 'claude-opus-5', maxUsdPerReview: 1, maxUsdPerDay: 20 },
      modelGranted: () => true,
    }
    const text = await answeringStage({ tip, needs: { operator } }).ask('config')
    expect(text).toContain('| `budget.usd_per_review` | `900` | `.github/tech-lead.yml:1` |')
    expect(text).toContain('| `most US dollars per review` | `1` | the operator |')
    expect(text).toContain('| `most US dollars per day` | `20` | the operator |')
  })

  test('a file with mistakes is named with its line, and counts for nothing', async () => {
    const tip = { '.github/tech-lead.yml': 'review:\n  max_coments: 3\n' }
    const text = await answeringStage({ tip }).ask('config')
    expect(text).toContain('has mistakes, so that the defaults hold')
    expect(text).toMatch(/\.github\/tech-lead\.yml:2: unknown key "max_coments"/)
    expect(text).not.toContain('| `.github/tech-lead.yml:')
  })

  test('a provider pack that cannot be used is named beside the settings that hold', async () => {
    const tip = { '.github/tech-lead.yml': 'providers: [packs/acme.yml]\n' }
    const text = await answeringStage({ tip }).ask('config')
    expect(text).toContain('These settings hold')
    expect(text).toContain(
      'Provider packs that are not used:\n\n- `.github/tech-lead.yml:1: packs/acme.yml is not on the default branch`',
    )
  })

  test('without a file it says so, and that no model is asked', async () => {
    const text = await answeringStage().ask('config')
    expect(text).toContain('There is no `.github/tech-lead.yml`')
    expect(text).toContain('none: rules alone')
  })
})

describe('inventory', () => {
  test('each system with what is done and where, and what the pull request changes', async () => {
    const s = answeringStage({ tip: SHOP_FILES, files: FLAWED })
    const text = await s.ask('inventory')
    expect(text).toMatch(/^The default branch at `c`: 2 providers/)
    expect(text).toMatch(/\| `SendGrid` \| 1 outbound call \| `src\/mail\.ts:6`/)
    expect(text).toMatch(/This pull request: \+1 outbound call \(/)
    const [, diagram = ''] = /```mermaid\n([\s\S]*?)```/.exec(text) ?? []
    expect(await parseDiagram(diagram)).toContain('flowchart')
  })

  test('on an issue there is no pull request to speak of', async () => {
    const text = await answeringStage({ tip: SHOP_FILES }).ask('inventory', {}, { onPull: false })
    expect(text).not.toContain('This pull request')
  })

  test('nothing is said in a line', async () => {
    const text = await answeringStage({ tip: { 'README.md': '# hi' } }).ask('inventory')
    expect(text).toMatch(/^No integrations found at `c`\./)
  })
})

describe('diagram', () => {
  test('who speaks to whom is drawn as mermaid can read it', async () => {
    const text = await answeringStage({ files: FLAWED }).ask('diagram')
    const [, diagram = ''] = /```mermaid\n([\s\S]*?)```/.exec(text) ?? []
    expect(diagram).toContain('app -->')
    expect(await parseDiagram(diagram)).toContain('flowchart')
  })

  test('nothing to draw is said in a line', async () => {
    expect(await answeringStage({ files: { 'README.md': '# hi' } }).ask('diagram')).toContain(
      'there is nothing to draw',
    )
  })
})
