import type { Address } from '#core/inventory/address'
import type { Direction } from '#core/inventory/inventory'
import type { Request } from '#core/inventory/requests'

const CONSUMES =
  /^(?:consume\w*|subscribe\w*|receive\w*|poll\w*|listen\w*|pull\w*|handle\w*|process\w*|each(?:Message|Batch)|basic_?consume|basic_?get|ack\w*|nack\w*|delete_?message\w*|change_?message_?visibility\w*|read\w*|fetch\w*|(?:add|register)\w{0,30}(?:consumer|handler|listener|subscriber)\w*|run(?:ning)?)$/i
const RECEIVES_COMMAND = /(?:Receive|Delete|ChangeMessageVisibility)\w*Message\w*/
const TOKEN_PATH =
  /\/(?:oauth2?|openid-connect|token|authorize|connect\/token)\b|grant_type|code_verifier|authorization_code/i

/** What SDKs call the steps of a login. */
const LOGIN_VERB =
  /auth(?:orization)?_?url|access_?token|refresh_?token|exchange_?code|^get_?token/i

/** Which way a request goes. */
export function directionOf(request: Request, address: Address): Direction {
  const { party, steps, args } = request
  const verb = steps.findLast(({ called }) => called)?.name ?? ''
  switch (party.role) {
    case 'queue': {
      const command = args.some((arg) => RECEIVES_COMMAND.test(arg.slice(0, 200)))
      return CONSUMES.test(verb) || command ? 'queue-consumer' : 'queue-producer'
    }
    case 'storage':
      return 'file-exchange'
    case 'oauth':
      return 'oauth'
    case 'rpc':
      return /sftp|ftp|ssh2|paramiko|jsch/i.test(party.id) ? 'file-exchange' : 'outbound-call'
    default:
      return LOGIN_VERB.test(verb) ||
        TOKEN_PATH.test(address.path ?? '') ||
        args.some((arg) => TOKEN_PATH.test(arg.slice(0, 500)))
        ? 'oauth'
        : 'outbound-call'
  }
}
