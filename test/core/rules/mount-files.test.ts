import { describe, expect, test } from 'vitest'
import { languageOf } from '#core/facts/language'
import type { CodeFile } from '#core/rules/code'
import { modulesMountedIn, mountFilesFor } from '#core/rules/mount-files'

function file(path: string, text: string): CodeFile {
  const language = languageOf(path)
  if (language === null) throw new Error(path)
  return { path, language, text, lines: text.split('\n'), facts: [] }
}

describe('files in which a framework keeps what stands before a handler', () => {
  test('a route of Express has the application above it', () => {
    const route = file('src/routes/webhooks.ts', 'router.post("/x", (req) => save(req.body))')
    expect(mountFilesFor(route)).toContain('src/app.ts')
  })

  test('a controller of Rails has its base class and its concerns', () => {
    const controller = file(
      'app/controllers/webhooks/shop_controller.rb',
      'class Webhooks::ShopController < Webhooks::BaseController\n  include ShopSigned\nend',
    )
    expect(mountFilesFor(controller)).toEqual(
      expect.arrayContaining([
        'app/controllers/webhooks/base_controller.rb',
        'app/controllers/concerns/shop_signed.rb',
      ]),
    )
  })

  test('a view of Django has the settings, and they name the middleware', () => {
    const view = file(
      'billing/views.py',
      'from django.http import x\ndef hook(request): request.body',
    )
    expect(mountFilesFor(view)).toContain('config/settings.py')
    const settings = file(
      'config/settings.py',
      'MIDDLEWARE = [\n  "billing.checks.SignedMiddleware",\n]',
    )
    expect(modulesMountedIn(settings).flat()).toContain('billing/checks.py')
  })

  test('a file without a word of deliveries asks for nothing', () => {
    expect(mountFilesFor(file('src/money.ts', 'export const add = (a, b) => a + b'))).toEqual([])
  })
})
