import { nodeId, type State, type User } from '../state.ts'
import type { Node } from './context.ts'

/** An account. GraphQL writes a bot's login without the `[bot]` that REST shows. */
export function actorNode(state: State, user: User): Node {
  const login = user.type === 'Bot' ? user.login.replace(/\[bot\]$/, '') : user.login
  const place = user.type === 'Bot' ? `apps/${login}` : login
  return {
    __typename: user.type,
    id: nodeId(user.type === 'Bot' ? 'BOT' : 'U', user.id),
    databaseId: user.id,
    login,
    url: `${state.addresses.html}/${place}`,
    resourcePath: `/${place}`,
    avatarUrl: `${state.addresses.html}/avatars/u/${user.id}`,
    name: null,
    email: '',
  }
}
