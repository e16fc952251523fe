import { expect, test } from 'vitest'
import { callIn } from '../../support/take-matrix-of.ts'

test('what hands out a part of an SDK is not what the call does', async () => {
  const { cells } = await callIn({
    'app/Pay.php': [
      '<?php',
      'use Square\\SquareClient;',
      'class Pay {',
      '    public function charge($body) {',
      "        $client = new SquareClient(['accessToken' => getenv('SQUARE_TOKEN')]);",
      '        return $client->getPaymentsApi()->createPayment($body);',
      '    }',
      '}',
    ].join('\n'),
  })
  expect(cells.repeatable.state).not.toBe('not-needed')
})

test('a value that is got for a call does not make the call read', async () => {
  const { cells } = await callIn({
    'app/bucket.py': [
      'import os',
      'import boto3',
      'def make():',
      '    client = boto3.client("s3")',
      '    name = os.environ.get("BUCKET")',
      '    client.create_bucket(Bucket=name)',
    ].join('\n'),
  })
  expect(cells.repeatable.state).toBe('missing')
  // boto3 waits 60 seconds and tries five times: the pack of AWS says where that is written.
  expect(cells.timeout).toMatchObject({
    state: 'not-needed',
    because: expect.stringMatching(/60 s/),
  })
  expect(cells.retry.state).toBe('not-needed')
})

test('what an SDK is handed says what it does', async () => {
  const { cells } = await callIn({
    'src/identity.ts': `import { GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2'
const ses = new SESv2Client({})
export async function identity(name: string) {
  return ses.send(new GetEmailIdentityCommand({ EmailIdentity: name }))
}
`,
  })
  expect(cells.repeatable.state).toBe('not-needed')
})
