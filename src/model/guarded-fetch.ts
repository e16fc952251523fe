/** Headers that the SDK sets and a Messages API server may need; nothing from the environment. */
const ALLOWED = /^(?:accept|content-type|user-agent|anthropic-version|x-stainless-[a-z-]+)$/

interface GuardedFetch {
  readonly apiKey: string
  /** Called for every chunk that arrives, pings included. */
  readonly onBytes: () => void
}

/**
 * A `fetch` that sends only known headers, because the SDK adds whatever ANTHROPIC_CUSTOM_HEADERS
 * holds; that follows no redirect, because the key and the code would follow too; and that reports
 * every chunk, because the SDK's own timeout ends with the response headers.
 */
export function createGuardedFetch({ apiKey, onBytes }: GuardedFetch): typeof fetch {
  return async (input, init) => {
    const headers = new Headers()
    for (const [name, value] of new Headers(init?.headers)) {
      if (ALLOWED.test(name)) headers.set(name, value)
    }
    headers.set('authorization', `Bearer ${apiKey}`)
    const response = await fetch(input, { ...init, headers, redirect: 'error' })
    onBytes()
    if (response.body === null) return response
    const watched = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          onBytes()
          controller.enqueue(chunk)
        },
      }),
    )
    return new Response(watched, response)
  }
}
