import type { Server } from 'node:http'

/** Listens on a free port of this machine and prints the line that the harness waits for. */
export function listenAndTell(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    process.stdout.write(`listening on ${port}\n`)
  })
}
