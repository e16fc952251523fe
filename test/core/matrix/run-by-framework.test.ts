import { describe, expect, test } from 'vitest'
import { callIn } from '../../support/take-matrix-of.ts'

const endings = [
  {
    name: 'an action of Rails',
    path: 'app/controllers/enquiries_controller.rb',
    text: `class EnquiriesController < ApplicationController
  def create
    Faraday.post("https://crm.example.com/enquiries", params[:enquiry].to_json)
    head :created
  end
end
`,
    because: 'its failures end in the framework, all alike',
  },
  {
    name: 'a method that only its class can call',
    path: 'app/controllers/enquiries_controller.rb',
    text: `class EnquiriesController < ApplicationController
  private def send_on
    Faraday.post("https://crm.example.com/enquiries", body)
  end
end
`,
    because: 'failures go to callers that were not seen',
  },
  {
    name: 'a controller of Laravel',
    path: 'app/Http/Controllers/RateController.php',
    text: `<?php
namespace App\\Http\\Controllers;
use Illuminate\\Support\\Facades\\Http;
class RateController extends Controller
{
    public function store()
    {
        return Http::post('https://rates.example.com/latest', []);
    }
}
`,
    because: 'its failures end in the framework, all alike',
  },
  {
    name: 'a task of Celery',
    path: 'crm/tasks.py',
    text: `import requests
from celery import shared_task

@shared_task
def push(contact):
    requests.post("https://crm.example.com/contacts", json=contact, timeout=5)
`,
    because: 'its failures end in the framework, all alike',
  },
  {
    name: 'a function that anybody may call',
    path: 'crm/push.py',
    text: `import requests

def push(contact):
    requests.post("https://crm.example.com/contacts", json=contact, timeout=5)
`,
    because: 'failures go to callers that were not seen',
  },
]

describe('where the failures of a call end', () => {
  test.each(endings)('$name', async ({ path, text, because }) => {
    const { cells } = await callIn({ [path]: text })
    expect(cells.errors.because).toBe(because)
  })
})
