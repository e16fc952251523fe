import { describe, expect, test } from 'vitest'
import { createLog } from '#wiring/log'

const SECRET = 'correct horse battery staple'
const KEY = '-----BEGIN PRIVATE KEY-----\nMIIabcdefghijklmnop+/==\n-----END PRIVATE KEY-----\n'

function open(format: 'json' | 'pretty' = 'json') {
  const lines: string[] = []
  const log = createLog({
    level: 'debug',
    format,
    secrets: [SECRET, KEY],
    write: (line) => void lines.push(line),
  })
  return { log, lines, text: () => lines.join('') }
}

describe('a line', () => {
  test('is one JSON object with the event, the level and the time', () => {
    const { log, lines } = open()
    log.info({ files: 7, skipped: 31 }, 'files selected')
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      files: 7,
      skipped: 31,
      msg: 'files selected',
    })
  })

  test('carries the fields of its child logs', () => {
    const { log, lines } = open()
    log.child({ delivery: 'guid' }).child({ job: 'j1', run: 'r1' }).warn({}, 'run superseded')
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ delivery: 'guid', job: 'j1', run: 'r1' })
  })

  test('stays one line whatever a value holds', () => {
    const { log, lines } = open()
    log.info({ because: 'a\nb\r\n{"level":"fatal"}\u2028' }, 'event ignored')
    expect(lines).toHaveLength(1)
    expect((lines[0] ?? '').trimEnd().split('\n')).toHaveLength(1)
  })
})

describe('what nobody may read', () => {
  test('fields that were not foreseen are left out and named', () => {
    const { log, text } = open()
    log.info({ payload: { body: 'source code' }, headers: { cookie: 'c=1' }, files: 1 }, 'x')
    expect(text()).not.toContain('source code')
    expect(text()).not.toContain('c=1')
    expect(JSON.parse(text())).toMatchObject({ files: 1, left: ['payload', 'headers'] })
  })

  test('an object under an allowed name is not spelled out', () => {
    const { log, text } = open()
    log.info({ event: { payload: 'source code' }, because: ['a', { b: 'source code' }] }, 'x')
    expect(text()).not.toContain('source code')
  })

  test('child logs are no way around it', () => {
    const { log, text } = open()
    log.child({ payload: 'source code' }).info({}, 'x')
    expect(text()).not.toContain('source code')
  })

  test.each([
    ['a configured value', SECRET],
    ['a configured value in base64', Buffer.from(SECRET).toString('base64')],
    ['a configured value in an address', encodeURIComponent(SECRET)],
    ['the private key', KEY],
    ['any private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----'],
    ['an installation token', 'ghs_16C7e42F292c6912E7710c838347Ae178B4a'],
    ['a personal token', 'github_pat_11ABCDEFG0aaaaaaaaaaaaaaaaaaaaaaaa'],
    ['a model key', 'sk-ant-api03-AAAAAAAAAAAAAAAAAAAA'],
    ['a JWT', 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxMjM0In0.c2lnbmF0dXJl'],
    ['an Authorization header', 'Bearer abcdefghijklmnop'],
    ['a signature', `sha256=${'a'.repeat(64)}`],
  ])('%s is masked in fields, messages, errors and their causes', (_, secret) => {
    const { log, text } = open()
    log.info({ because: `x ${secret} y` }, 'in a field')
    log.info({}, `in a message: ${secret}`)
    log.error({ err: new Error(`e ${secret}`, { cause: new Error(`c ${secret}`) }) }, 'in an error')
    log.logger.error(new Error(`lib ${secret}`))
    log.child({ name: secret }).info({}, 'in a child')
    for (const form of [secret, JSON.stringify(secret).slice(1, -1)]) {
      expect(text()).not.toContain(form)
    }
    expect(text().match(/•••/g)?.length).toBeGreaterThanOrEqual(6)
    for (const line of text().trimEnd().split('\n')) {
      expect(() => JSON.parse(line)).not.toThrow()
    }
  })

  test('passwords in addresses are masked', () => {
    const { log, text } = open()
    log.info({ url: 'https://ann:hunter22@host/?access_token=abcdef&x=1' }, 'x')
    expect(JSON.parse(text())['url']).toBe('https://•••@host/?access_token=•••&x=1')
  })

  test('an error shows its message and places, never what a library hung on it', () => {
    const { log, text } = open()
    const err = Object.assign(new Error('bad credentials'), {
      status: 401,
      request: { headers: { authorization: 'token abc' } },
      response: { data: 'source code' },
      event: { payload: 'source code' },
    })
    log.logger.error(err)
    expect(text()).not.toContain('source code')
    expect(JSON.parse(text())['err']).toEqual({
      type: 'Error',
      message: 'bad credentials',
      status: 401,
      stack: expect.stringContaining('at '),
    })
  })
})

test('for people it is one plain line that cannot steer their terminal', () => {
  const { log, text } = open('pretty')
  log.warn({ pull: 42, because: '\u001b[2J gone' }, 'run \u001b[31mfailed')
  expect(text()).toMatch(
    /^\d\d:\d\d:\d\d\.\d{3} WARN {2}run \\u001b\[31mfailed pull=42 because="\\u001b\[2J gone"\n$/,
  )
})
