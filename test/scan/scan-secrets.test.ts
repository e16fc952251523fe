import { expect, test } from 'vitest'
import { scanSecrets } from '#scan/scan-secrets'
import { startWorker } from '#scan/worker'

/** Put together here, so that no credential stands in this repository. */
const GITHUB = `ghp_${'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'}`
const AWS = `AKIA${'Q4ZJTW3NXYB5RDUV'}`
const GOOGLE = `AIza${'SyD9q8Xw7Vz6Ku5Tt4Ss3Rr2Qq1Pp0Oo9Nn'}`
const JWT = `eyJ${'hbGciOiJIUzI1NiJ9'}.eyJ${'zdWIiOiI5ODc2NSJ9'}.${'qL7w2m9Zx4cV8bN1kJ6h'}`

async function labels(text: string): Promise<readonly string[]> {
  const { hits, failed } = await scanSecrets([{ path: 'src/a.ts', text }])
  expect(failed).toEqual([])
  return hits.map((hit) => hit.label)
}

// First: a thread warns once in its life.
test('a thread that serves many searches carries nothing along from them', async () => {
  const warnings: string[] = []
  const warned = ({ name }: Error) => void warnings.push(name)
  process.on('warning', warned)
  for (let search = 0; search < 12; search += 1)
    await scanSecrets([{ path: 'a.ts', text: 'const a = 1' }])
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', warned)
  expect(warnings).toEqual([])
})

test.each([
  [`const a = '${GITHUB}'`, 'GitHub token'],
  [`const a = '${AWS}'`, 'AWS access key id'],
  [`const a = '${GOOGLE}'`, 'Google API key'],
  [`const a = '${JWT}'`, 'JSON web token'],
  [`const db = 'postgres://shop:p9Xw7Vz6Ku@db.shop.io:5432/shop'`, 'password in a database URL'],
  [`{ "client_secret": "f3A9kd82Lq0zPw71vBtX" }`, 'hard-coded secret'],
  ["API_KEY = 'q7Zp2vRk9sLw4xTn8bYc'", 'hard-coded secret'],
  ['https://api.shop.io/orders?api_key=q7Zp2vRk9sLw4xTn8bYc', 'secret in a URL'],
])('%s is found', async (line, label) => {
  expect(await labels(line)).toEqual([label])
})

test.each([
  'const apiKey = process.env.API_KEY_2',
  "const apiKey = 'YOUR-API-KEY-1234'",
  "const token = 'xxxxxxxxxxxxxxxx1234'",
  "const tokenUrl = 'https://login.shop.io/oauth2/v2/token'",
  String.raw`r"^https://www\.songs\.io/send\?token=([a-z0-9_-]+)$",`,
  "const secretName = 'projects/12/secrets/stripe-key/versions/3'",
  "const tokenType = 'urn:ietf:params:oauth:token-type:jwt'",
  "const passwordLabel = 'password2'",
  "token: 'access-token-v2-name'",
  `const a = 'AKIA${'IOSFODNN7'}EXAMPLE'`,
])('%s is not a secret', async (line) => {
  expect(await labels(line)).toEqual([])
})

test('a hit says where the value stands, so that it can be masked', async () => {
  const text = `const x = 1\nconst apiKey = 'q7Zp2vRk9sLw4xTn8bYc'\n`
  const { hits } = await scanSecrets([{ path: 'src/a.ts', text }])
  const [hit] = hits
  expect(hit).toMatchObject({ path: 'src/a.ts', line: 2 })
  const line = text.split('\n')[1] ?? ''
  expect(line.slice((hit?.startColumn ?? 0) - 1, (hit?.endColumn ?? 0) - 1)).toBe(
    'q7Zp2vRk9sLw4xTn8bYc',
  )
})

test('a private key is reported on its first line', async () => {
  const key = `-----BEGIN ${'RSA'} PRIVATE KEY-----\n${'MIIEpAIBAAKCAQEAx9Zk3vQw7Lr2'.repeat(20)}\n-----END RSA PRIVATE KEY-----`
  const { hits } = await scanSecrets([{ path: 'a.pem', text: `\n${key}\n` }])
  for (const hit of hits) expect(hit.line).toBe(2)
})

test('a line of a megabyte costs no more than a moment', async () => {
  const started = performance.now()
  await labels(`const apiKey = '${'a1'.repeat(500_000)}'`)
  expect(performance.now() - started).toBeLessThan(5_000)
})

test('no sources need no thread', async () => {
  expect(await scanSecrets([])).toEqual({ hits: [], failed: [] })
})

test('searches one after another and at once each find what is theirs', async () => {
  const line = `const a = '${GITHUB}'`
  const one = async (path: string, text: string) => {
    const { hits, failed } = await scanSecrets([{ path, text }])
    return { paths: hits.map((hit) => hit.path), failed }
  }
  for (const round of ['first', 'second']) {
    const found = await Promise.all([
      one(`${round}-a.ts`, line),
      one(`${round}-b.ts`, 'const b = 1'),
      one(`${round}-c.ts`, line),
    ])
    expect(found).toEqual([
      { paths: [`${round}-a.ts`], failed: [] },
      { paths: [], failed: [] },
      { paths: [`${round}-c.ts`], failed: [] },
    ])
  }
})

test('a thread that reads thousands of files keeps nothing of them', async () => {
  const worker = startWorker('secrets-worker', null, 512)
  const read = async (files: number) => {
    const sources = Array.from({ length: files }, (_, n) => ({ path: `${n}.ts`, text: 'a()' }))
    let left = files
    const { promise, resolve } = Promise.withResolvers<void>()
    const count = () => {
      left -= 1
      if (left === 0) resolve()
    }
    worker.on('message', count)
    worker.postMessage(sources)
    await promise
    worker.off('message', count)
    return (await worker.getHeapStatistics()).used_heap_size
  }
  const before = await read(100)
  const after = await read(4_000)
  await worker.terminate()
  expect((after - before) / 1e6).toBeLessThan(40)
})

test('a file that is made of secrets is told about in a moment, up to a thousand of them', async () => {
  const letter = (n: number) => 'ABCDEFGHIJKLMNOPQRST'[n % 20]
  const key = (n: number) =>
    `AKIA${'Q4ZJTW3NXYB5'}${[n, n / 20, n / 400, n / 8_000].map((part) => letter(Math.floor(part))).join('')}`
  const text = Array.from({ length: 40_000 }, (_, n) => `${key(n)}\n`).join('')
  const started = process.threadCpuUsage()
  const { hits } = await scanSecrets([{ path: 'src/keys.ts', text }])
  const { user } = process.threadCpuUsage(started)
  expect(hits).toHaveLength(1_000)
  expect(hits[999]).toMatchObject({ line: 1_000, startColumn: 1, endColumn: 21 })
  expect(user / 1_000).toBeLessThan(1_000)
})

test('a file whose answer lies there already is not late when this thread was', async () => {
  await scanSecrets([{ path: 'a.ts', text: 'const a = 1' }])
  const searched = scanSecrets([{ path: 'b.ts', text: `const b = '${GITHUB}'` }])
  // The search begins, and then nobody listens.
  await new Promise((resolve) => setImmediate(resolve))
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500)
  expect(await searched).toMatchObject({ hits: [{ path: 'b.ts' }], failed: [] })
})
