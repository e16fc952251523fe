import { randomBytes } from 'node:crypto'
import { appKey } from '../app-identity.ts'
import { type Call, notFound, type Reply } from './call.ts'
import { appView } from './views.ts'

/**
 * Gives the app of a manifest and its secrets, once: the code is gone with the answer, and anyway
 * an hour after it was given out. This world has one app, which then is the one of the manifest.
 */
export function convertManifest(call: Call): Reply {
  const { state } = call
  const code = call.params['code'] ?? ''
  const given = state.manifestCodes.get(code)
  state.manifestCodes.delete(code)
  if (given === undefined || given.expiresAt <= state.now()) throw notFound()
  const { manifest } = given
  state.app.name = manifest.name
  state.app.permissions = manifest.default_permissions
  state.app.events = manifest.default_events
  return {
    status: 201,
    body: {
      ...appView(state, state.app),
      client_secret: randomBytes(20).toString('hex'),
      webhook_secret: randomBytes(20).toString('hex'),
      pem: appKey().privateKey,
    },
  }
}
