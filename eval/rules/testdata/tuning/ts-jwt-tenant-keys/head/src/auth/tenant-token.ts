import jwt, { type JwtPayload } from 'jsonwebtoken';
import type { Logger } from 'pino';
import type { TenantKeyStore } from './tenant-key-store';

export interface TenantCaller {
  tenantId: string;
  subject: string;
}

export class TokenRejected extends Error {}

export class TenantTokenVerifier {
  constructor(
    private readonly keys: TenantKeyStore,
    private readonly audience: string,
    private readonly log: Logger,
  ) {}

  async verify(token: string): Promise<TenantCaller> {
    const issuer = (jwt.decode(token) as JwtPayload | null)?.iss;
    const tenant = typeof issuer === 'string' ? await this.keys.byIssuer(issuer) : undefined;
    if (!tenant) {
      throw new TokenRejected('issuer is not registered');
    }

    let claims: JwtPayload;
    try {
      claims = jwt.verify(token, tenant.publicKeyPem, {
        algorithms: ['ES256'],
        audience: this.audience,
        issuer: tenant.issuer,
        maxAge: '10m',
      }) as JwtPayload;
    } catch (err) {
      throw new TokenRejected((err as Error).message);
    }
    if (!claims.sub) {
      throw new TokenRejected('subject is missing');
    }

    const { header } = jwt.decode(token, { complete: true })!;
    this.log.debug({ tenantId: tenant.id, kid: header.kid, jti: claims.jti }, 'tenant token accepted');
    return { tenantId: tenant.id, subject: claims.sub };
  }
}
