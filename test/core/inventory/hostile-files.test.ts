import { expect, test } from 'vitest'
import { buildIntegrations } from '#core/inventory/build-inventory'
import { codeOf } from '#core/rules/code'
import { needs } from '../../support/take-inventory-of.ts'

/** Nearly half a megabyte each, the most that is scanned. */
const FILES: Readonly<Record<string, readonly [path: string, text: string]>> = {
  'clients with many names': [
    'src/a.ts',
    `import Stripe from 'stripe'\n${Array.from({ length: 8_000 }, (_, n) => `const s${n} = new Stripe(k)\ns${n}.a.create(b${n})\n`).join('')}`,
  ],
  'names that are given each other': [
    'src/a.ts',
    `import axios from 'axios'\n${Array.from({ length: 6_000 }, (_, n) => `const n${n} = n${n + 1} + n${n + 2} + n${n + 3}\naxios.get(n${n})\n`).join('')}`,
  ],
  'one assignment': [
    'src/a.ts',
    `import axios from 'axios'\nconst a = ${'b.'.repeat(200_000)}c\naxios.get(a)\n`,
  ],
  'equals signs': ['src/a.ts', `import axios from 'axios'\n${'a = '.repeat(100_000)}\n`],
  blanks: [
    'src/a.ts',
    `import axios from 'axios'\nconst x =${' '.repeat(400_000)}axios.create()\n`,
  ],
  'versions and headers': [
    'src/a.ts',
    `import Stripe from 'stripe'\n${"apiVersion: '2026-01-01',\n".repeat(15_000)}`,
  ],
  'open brackets': ['src/a.ts', `import axios from 'axios'\naxios.get(${'({['.repeat(100_000)}`],
  'routes of webhooks': [
    'src/a.ts',
    "app.post('/webhooks/stripe', (req, res) => { x(req.body) })\n".repeat(8_000),
  ],
  'keys of the environment': [
    'src/a.py',
    'import os\n'.concat("os.environ['STRIPE_KEY']\n".repeat(18_000)),
  ],
  'types in types': [
    'src/A.java',
    `import com.stripe.StripeClient;\nclass A { ${'Optional<'.repeat(20_000)}StripeClient${'>'.repeat(20_000)} a; }\n`,
  ],
}

test.each(Object.entries(FILES))(
  'a file full of %s is taken stock of within seconds',
  async (_, [path, text]) => {
    expect(text.length).toBeLessThan(500_000)
    const source = { path, text }
    const { facts } = await needs.scan.facts([source], 'inventory')
    // Of this thread alone: other work on the machine must not count.
    const started = process.threadCpuUsage()
    buildIntegrations({
      code: codeOf([source], facts),
      ...{ manifests: [], samples: [], catalog: needs.catalog },
    })
    const { user, system } = process.threadCpuUsage(started)
    expect((user + system) / 1_000).toBeLessThan(2_000)
  },
  60_000,
)
