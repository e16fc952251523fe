import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** What decides whether a request may see the operator's pages. */
export interface Access {
  /** The address the server listens on. */
  readonly host: string
  /** Null means that nobody gets in from elsewhere. */
  readonly operatorToken: string | null
}

/** Headers that a proxy adds: behind one the address of the connection says nothing. */
const proxyHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip']

/**
 * Whether a request may see the operator's pages: with the token, or from this machine to a
 * server that listens to this machine only. The Host header has to be local as well, or a web
 * page could read them through a name of its own that points here.
 */
export function mayOperate(request: IncomingMessage, { host, operatorToken }: Access): boolean {
  const local =
    isLoopback(host) &&
    isLoopback(request.socket.remoteAddress ?? '') &&
    isLoopback(hostName(request.headers.host ?? '')) &&
    proxyHeaders.every((name) => request.headers[name] === undefined)
  return local || hasToken(request.headers.authorization ?? '', operatorToken)
}

/** Compares digests, so that neither the length nor the place of a difference can be timed. */
function hasToken(authorization: string, operatorToken: string | null): boolean {
  const given = /^Bearer ([!-~]{1,512})$/i.exec(authorization)?.[1]
  if (operatorToken === null || given === undefined) {
    return false
  }
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(operatorToken))
}

function hostName(header: string): string {
  return header.replace(/:\d{1,5}$/, '').replace(/^\[(.*)\]$/, '$1')
}

function isLoopback(address: string): boolean {
  return (
    address === 'localhost' ||
    address === '::1' ||
    /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(address)
  )
}
