import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as identity from '../../src/identity/client'
import { IdentityError } from '../../src/identity/client'

describe('deactivateUser', () => {
  beforeEach(() => {
    vi.restoreAllMocks()
  })

  it('deactivates the user', async () => {
    const spy = vi.spyOn(identity, 'deactivateUser').mockResolvedValue(undefined)
    await identity.deactivateUser('u-17')
    expect(spy).toHaveBeenCalledWith('u-17')
  })

  it('throws for an unknown user', async () => {
    vi.spyOn(identity, 'deactivateUser').mockRejectedValue(new IdentityError(404))
    await expect(identity.deactivateUser('u-18')).rejects.toThrow(IdentityError)
  })
})
