import { expect, test } from 'vitest'
import { sample } from './sample.ts'

const controller = await sample(
  'src/billing/billing.controller.ts',
  `import { Controller, Get, Post } from '@nestjs/common'
import type Stripe from 'stripe'

interface Deps { queue: Queue; name: string }

@Controller('billing')
export class BillingController {
  private readonly stripe: Stripe = makeStripe()
  private readonly retries: number = 3

  constructor(private readonly http: HttpService, @Inject(MAILER) public mailer?: Mailer) {}

  // answers Stripe
  @UseGuards(SignatureGuard)
  @Post('webhook')
  // never 201
  @HttpCode(200)
  async webhook(@Body() event: Stripe.Event): Promise<void> {
    await this.http.post(url, event).toPromise()
  }

  @Get()
  list() {
    return fetch(process.env.LEDGER_URL)
  }

  @Query('x')
  other() {}
}

@Controller({ path: 'health', version: '1' })
class Health {
  @All('*')
  check() {}
}

class Plain {
  @Get('never')
  mounted() {}
}
`,
)

test('a decorated method of a controller is a route with its path, method and prefix', () => {
  expect(controller.captures('route-handler')).toEqual([
    { form: 'decorated', method: 'Post', path: "'webhook'", name: 'webhook', prefix: "'billing'" },
    { form: 'decorated', method: 'Get', name: 'list', prefix: "'billing'" },
    { form: 'decorated', method: 'All', path: "'*'", name: 'check', prefix: "'health'" },
  ])
})

test('a decorated route spans its whole function', () => {
  expect(controller.of('route-handler')[0]).toMatchObject({ line: 18, endLine: 20 })
})

test('fields, parameter properties and parameters are declared names', () => {
  expect(controller.captures('declared-name')).toEqual([
    { name: 'queue', type: 'Queue' },
    { name: 'stripe', type: 'Stripe' },
    { name: 'http', type: 'HttpService' },
    { name: 'mailer', type: 'Mailer' },
    { name: 'event', type: 'Stripe.Event' },
  ])
})

test('each call of a chain is a call, and a plain function is one; a decorator is none', () => {
  expect(controller.of('call').map(({ captures, args }) => [captures['callee'], args])).toEqual([
    ['makeStripe', []],
    ['this.http.post(url, event).toPromise', []],
    ['this.http.post', ['url', 'event']],
    ['fetch', ['process.env.LEDGER_URL']],
  ])
})

test('a call stands in its function', () => {
  const scopes = controller.of('call').map((fact) => fact.scope?.name)
  expect(scopes).toEqual(['BillingController', 'webhook', 'webhook', 'list'])
})

test('a variable with a type is a declared name, a destructured one is not', async () => {
  const { captures } = await sample(
    'a.ts',
    'const a: S3Client | null = x\nconst { b }: Deps = y\nlet c: string[] = []\n',
  )
  expect(captures('declared-name')).toEqual([{ name: 'a', type: 'S3Client | null' }])
})

test('optional, typed and awaited calls keep what stands before them', async () => {
  const { of } = await sample(
    'a.tsx',
    'a?.b?.c(1)\na.b?.(2)\nfetch<T>(3)\nplain(4)\nawait x.y<T>(5)\n',
  )
  expect(of('call').map(({ captures, args }) => [captures['callee'], args])).toEqual([
    ['a?.b?.c', ['1']],
    ['a.b', ['2']],
    ['fetch', ['3']],
    ['plain', ['4']],
    ['x.y', ['5']],
  ])
})

test('JavaScript has calls too', async () => {
  const { captures } = await sample('a.js', "stripe.refunds.create({ charge })\naxios('/x')\n")
  expect(captures('call')).toEqual([{ callee: 'stripe.refunds.create' }, { callee: 'axios' }])
})
