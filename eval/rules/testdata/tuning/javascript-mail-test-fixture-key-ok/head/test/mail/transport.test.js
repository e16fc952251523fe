import test from 'node:test';
import assert from 'node:assert/strict';
import nock from 'nock';
import { createTransport } from '../../src/mail/transport.js';

const transport = createTransport({ apiKey: 'SG.test-key', from: 'orders@example.test', timeoutMs: 200 });

test.beforeEach(() => nock.disableNetConnect());
test.afterEach(() => nock.cleanAll());

test('sends the rendered order mail', async () => {
  const scope = nock('https://api.sendgrid.com')
    .post('/v3/mail/send', (body) => body.personalizations[0].to[0].email === 'kim@example.test')
    .matchHeader('authorization', 'Bearer SG.test-key')
    .reply(202, '', { 'x-message-id': 'm-1' });

  const id = await transport.send({ to: 'kim@example.test', subject: 'Order 17', text: 'Thanks' });

  assert.equal(id, 'm-1');
  assert.ok(scope.isDone());
});

test('surfaces provider errors', async () => {
  nock('https://api.sendgrid.com').post('/v3/mail/send').reply(401, { errors: [{ message: 'unauthorized' }] });
  await assert.rejects(transport.send({ to: 'kim@example.test', subject: 's', text: 't' }), /401/);
});
