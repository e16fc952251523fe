import { createHash } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';

const ISSUER = 'https://appleid.apple.com';
const keys = createRemoteJWKSet(new URL(`${ISSUER}/auth/keys`));

const Claims = z.object({
  sub: z.string(),
  nonce: z.string(),
  email: z.string().email().optional(),
  email_verified: z.union([z.boolean(), z.enum(['true', 'false'])]).optional(),
});

export interface AppleIdentity {
  subject: string;
  verifiedEmail: string | null;
}

export class AppleIdentityVerifier {
  constructor(private readonly bundleIds: string[]) {
    if (bundleIds.length === 0) throw new Error('at least one bundle id is needed');
  }

  async verify(identityToken: string, rawNonce: string): Promise<AppleIdentity> {
    const { payload } = await jwtVerify(identityToken, keys, {
      issuer: ISSUER,
      audience: this.bundleIds,
      algorithms: ['RS256'],
      maxTokenAge: '10 minutes',
      clockTolerance: 5,
    });

    const claims = Claims.parse(payload);
    if (claims.nonce !== createHash('sha256').update(rawNonce).digest('hex')) {
      throw new Error('apple identity token: nonce mismatch');
    }
    const verified = claims.email_verified === true || claims.email_verified === 'true';
    return { subject: claims.sub, verifiedEmail: verified ? (claims.email ?? null) : null };
  }
}
