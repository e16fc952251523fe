import { describe, expect, test } from 'vitest'
import { createPathIndex } from '#core/filter/path-index'
import { readEdges } from '#core/filter/read-edges'
import { added } from './change.ts'

/** The files that the lines of a file lead to. */
function uses(from: string, text: string, paths: readonly string[]): readonly string[] {
  const index = createPathIndex([from, ...paths])
  return readEdges(added(from, text), text, index).map(({ to }) => to)
}

describe('an import leads to the file that it means', () => {
  test.each<[string, string, string, string]>([
    ['a relative script', 'src/a/b.ts', "import { pay } from '../pay'", 'src/pay.ts'],
    ['a script with its ending', 'src/a.ts', "import x from './pay.js'", 'src/pay.ts'],
    ['a folder', 'src/a.ts', "export * from './pay'", 'src/pay/index.tsx'],
    ['require', 'src/a.js', "const pay = require('./pay')", 'src/pay.cjs'],
    ['an alias', 'src/a/b.ts', "import x from '@/pay/stripe'", 'src/pay/stripe.ts'],
    ['an alias in a package', 'apps/web/src/a.ts', "import '@/pay'", 'apps/web/src/pay.ts'],
    ['a subpath import of Node', 'src/a.ts', "import x from '#pay/stripe'", 'src/pay/stripe.ts'],
    ['a Python module', 'shop/a.py', 'from shop.pay import charge', 'shop/pay.py'],
    ['a Python name that is a module', 'shop/a.py', 'from shop import pay', 'shop/pay.py'],
    ['a relative Python module', 'shop/x/a.py', 'from ..pay import charge', 'shop/pay.py'],
    ['a sibling by name', 'shop/a.py', 'from . import (pay, other)', 'shop/pay.py'],
    [
      'a Go package of the repository',
      'cmd/main.go',
      '\t"github.com/acme/shop/internal/stripe"',
      'internal/stripe/client.go',
    ],
    ['a Go package at the root', 'main.go', '\t"github.com/acme/shop/pay"', 'pay/client.go'],
    [
      'a Java class',
      'src/main/java/com/acme/A.java',
      'import com.acme.billing.StripeClient;',
      'src/main/java/com/acme/billing/StripeClient.java',
    ],
    [
      'a static member',
      'src/A.java',
      'import static com.acme.Money.of;',
      'src/com/acme/Money.java',
    ],
    ['a Kotlin class', 'src/A.kt', 'import com.acme.pay.Charge', 'app/src/com/acme/pay/Charge.kt'],
    [
      'a PHP class',
      'app/Http/A.php',
      'use App\\Services\\Billing\\StripeClient;',
      'app/Services/Billing/StripeClient.php',
    ],
    [
      'a C# class of a namespace',
      'src/Api/A.cs',
      'using Acme.Billing;\nclass A { StripeClient c; }',
      'src/Acme.Billing/StripeClient.cs',
    ],
    [
      'a Ruby constant',
      'app/models/order.rb',
      '  Billing::StripeClient.new(key)',
      'app/services/billing/stripe_client.rb',
    ],
    ['require_relative', 'lib/a.rb', "require_relative 'pay/stripe'", 'lib/pay/stripe.rb'],
    ['a Rust module', 'src/main.rs', 'use crate::pay::stripe::Client;', 'src/pay/stripe.rs'],
    ['a Rust module in braces', 'src/x/y.rs', 'use crate::pay::{charge, refund};', 'src/pay.rs'],
    ['a Rust neighbour', 'src/pay/a.rs', 'use super::stripe::Client;', 'src/pay/stripe.rs'],
  ])('%s', (_, from, text, to) => {
    expect(uses(from, text, [to, 'src/other.ts', 'other/pay.rb'])).toEqual([to])
  })
})

describe('an import leads nowhere', () => {
  test.each<[string, string, string, string]>([
    ['when it is a package', 'src/a.ts', "import Stripe from 'stripe'", 'src/stripe.ts'],
    ['when it is itself', 'src/a.ts', "import { x } from './a'", 'src/a.ts'],
    ['when it climbs out', 'a.ts', "import x from '../../pay'", 'pay.ts'],
    ['in a comment', 'src/a.ts', "// import x from './pay'", 'src/pay.ts'],
    [
      'in a Go package of somebody else',
      'main.go',
      '\t"github.com/stripe/stripe-go/v81/webhook"',
      'webhook/server.go',
    ],
    [
      'in a namespace whose class is not used',
      'src/A.cs',
      'using Acme.Billing;\nclass A { Invoice i; }',
      'src/Acme.Billing/StripeClient.cs',
    ],
    [
      'in a Ruby constant of another namespace',
      'app/models/order.rb',
      'Client.new',
      'app/services/billing/client.rb',
    ],
    [
      'in a Java class of another package',
      'A.java',
      'import org.x.Charge;',
      'src/com/x/Charge.java',
    ],
  ])('%s', (_, from, text, to) => {
    expect(uses(from, text, [to])).toEqual([])
  })

  test('when the text is larger than any code', () => {
    const text = `import './pay'\n${'x()\n'.repeat(150_000)}`
    expect(uses('src/a.ts', text, ['src/pay.ts'])).toEqual([])
  })
})

test('without its text a file is known by what its hunks show', () => {
  const index = createPathIndex(['src/pay.ts', 'src/old.ts'])
  const hunk = { oldStart: 5, oldLines: 2, newStart: 7, newLines: 2 }
  const lines = [" import a from 'a'", "-import b from './old'", "+import b from './pay'"]
  const file = { path: 'src/a.ts', hunks: [{ ...hunk, lines }] }
  expect(readEdges(file, undefined, index)).toEqual([
    { from: 'src/a.ts', to: 'src/pay.ts', line: 8, typeOnly: false, heir: false },
    { from: 'src/a.ts', to: 'src/old.ts', line: null, typeOnly: false, heir: false },
  ])
})
