const nock = require('nock');
const { ChargebeeClient } = require('../../src/billing/chargebeeClient');

const SITE = 'https://acme-test.chargebee.com';
const API_KEY = 'test_notARealKey0000000000';

describe('ChargebeeClient', () => {
  let client;

  beforeEach(() => {
    nock.disableNetConnect();
    client = new ChargebeeClient({ site: SITE, apiKey: API_KEY, timeoutMs: 200, retries: 2, baseDelayMs: 1 });
  });

  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  it('sends basic credentials', async () => {
    const scope = nock(SITE)
      .get('/api/v2/customers/c1')
      .basicAuth({ user: API_KEY, pass: '' })
      .reply(200, { customer: { id: 'c1', email: 'c1@example.com' } });

    await expect(client.customer('c1')).resolves.toMatchObject({ id: 'c1' });
    scope.done();
  });

  it('repeats a 503 and then gives up', async () => {
    nock(SITE).get('/api/v2/customers/c1').times(3).reply(503);
    await expect(client.customer('c1')).rejects.toThrow(/503/);
  });

  it('does not repeat a 404', async () => {
    const scope = nock(SITE).get('/api/v2/customers/gone').once().reply(404);
    await expect(client.customer('gone')).rejects.toThrow(/404/);
    scope.done();
  });

  it('gives up on a slow answer', async () => {
    nock(SITE).get('/api/v2/customers/c1').times(3).delay(500).reply(200, {});
    await expect(client.customer('c1')).rejects.toThrow(/timeout/i);
  });

  it('keeps the key out of error messages', async () => {
    nock(SITE).get('/api/v2/customers/c1').reply(401, { message: 'unauthorized' });
    const error = await client.customer('c1').catch((e) => e);
    expect(JSON.stringify({ message: error.message, stack: error.stack })).not.toContain(API_KEY);
  });
});
