import { appendFileSync } from 'node:fs'
import { Socket } from 'node:net'
import * as z from 'zod'

// Loaded into the real server by `node --import`, and with it into its threads: writes down every
// address that a socket is about to connect to, a line each, into the file that SOCKETS_SEEN names.
// Requests of http, https and fetch all end here, before a name is looked up.

const Options = z.union([
  z.object({ path: z.string() }).transform(({ path }) => path),
  z
    .object({ host: z.string().nullish(), port: z.coerce.number() })
    .transform(({ host, port }) => `${host ?? 'localhost'}:${port}`),
])

/** Where `connect` goes: options, as `net.connect` gives them in an array, a path, or port and host. */
function destination(args: readonly unknown[]): string {
  const [first, second] = args.flat()
  if (typeof first === 'string') return first
  const host = typeof second === 'string' ? second : null
  const given = typeof first === 'number' ? { host, port: first } : first
  const read = Options.safeParse(given)
  return read.success ? read.data : 'an address that nobody can read'
}

const connect = Socket.prototype.connect
Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
  appendFileSync(process.env['SOCKETS_SEEN'] ?? '', `${destination(args)}\n`)
  return Reflect.apply(connect, this, args)
} as typeof connect
