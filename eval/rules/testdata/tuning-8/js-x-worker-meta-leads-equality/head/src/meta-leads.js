const encoder = new TextEncoder()

async function hmacHex(secret, body) {
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const mac = await crypto.subtle.sign('HMAC', key, body)
  return [...new Uint8Array(mac)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function leadIds(payload) {
  if (payload?.object !== 'page' || !Array.isArray(payload.entry)) return []
  return payload.entry
    .flatMap((entry) => (Array.isArray(entry.changes) ? entry.changes : []))
    .filter((change) => change.field === 'leadgen' && typeof change.value?.leadgen_id === 'string')
    .map((change) => change.value.leadgen_id)
}

export default {
  async fetch(request, env) {
    const url = new URL(request.url)
    if (request.method === 'GET' && url.searchParams.get('hub.mode') === 'subscribe') {
      const known = url.searchParams.get('hub.verify_token') === env.META_VERIFY_TOKEN
      return known ? new Response(url.searchParams.get('hub.challenge')) : new Response(null, { status: 403 })
    }
    if (request.method !== 'POST') return new Response(null, { status: 405 })

    const body = await request.arrayBuffer()
    const expected = `sha256=${await hmacHex(env.META_APP_SECRET, body)}`
    if (request.headers.get('x-hub-signature-256') !== expected) {
      return new Response(null, { status: 401 })
    }

    let payload
    try {
      payload = JSON.parse(new TextDecoder().decode(body))
    } catch {
      return new Response(null, { status: 400 })
    }
    const ids = leadIds(payload)
    if (ids.length > 0) {
      await env.LEADS.sendBatch(ids.map((id) => ({ body: { leadId: id } })))
    }
    return new Response('ok')
  },
}
