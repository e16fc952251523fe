import { expect, test } from 'vitest'
import { sample } from './sample.ts'

const service = await sample(
  'billing/service.py',
  `import stripe
from django.conf import settings

class Billing:
    client: stripe.StripeClient
    retries: int = 3

    def __init__(self, http: httpx.Client, *hooks: Hook, name: str = "x", queue: Queue | None = None):
        self.mailer: Mailer = make_mailer()

    async def refund(self, charge: "Charge", tags: dict[str, Any]):
        answer = await self.http.post(URL, json={"a": 1})
        answer.raise_for_status()
        urlopen(URL)
        return stripe.Refund.create(charge=charge.id)
`,
)

test('annotated fields, parameters and attributes are declared names', () => {
  expect(service.captures('declared-name')).toEqual([
    { name: 'client', type: 'stripe.StripeClient' },
    { name: 'http', type: 'httpx.Client' },
    { name: 'queue', type: 'Queue | None' },
    { name: 'self.mailer', type: 'Mailer' },
    { name: 'charge', type: '"Charge"' },
  ])
})

test('calls carry their whole receiver and their arguments', () => {
  expect(service.of('call').map(({ captures, args }) => [captures['callee'], args])).toEqual([
    ['make_mailer', []],
    ['self.http.post', ['URL', 'json={"a": 1}']],
    ['answer.raise_for_status', []],
    ['urlopen', ['URL']],
    ['stripe.Refund.create', ['charge=charge.id']],
  ])
})

test('URL patterns mount views, and includes do not', async () => {
  const { captures } = await sample(
    'shop/urls.py',
    `from django.urls import include, path, re_path

urlpatterns = [
    path("stripe/webhook/", views.stripe_webhook, name="hook"),
    re_path(r"^orders/$", OrderView.as_view()),
    path("push/", csrf_exempt(PushView.as_view())),
    path("admin/", login_required(views.admin)),
    path("api/", include("api.urls")),
]

here = path("x/", y)
`,
  )
  expect(captures('route-handler')).toEqual([
    { form: 'mounted', method: 'path', path: '"stripe/webhook/"', name: 'views.stripe_webhook' },
    { form: 'mounted', method: 're_path', path: 'r"^orders/$"', name: 'OrderView' },
    { form: 'mounted', method: 'path', path: '"push/"', name: 'PushView' },
    { form: 'mounted', method: 'path', path: '"admin/"', name: 'views.admin' },
  ])
})
