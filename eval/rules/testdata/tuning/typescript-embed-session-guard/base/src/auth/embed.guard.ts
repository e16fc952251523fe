import { CanActivate, ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { FastifyRequest } from 'fastify';
import { AuthConfig } from './auth.config';

export interface EmbedPrincipal {
  userId: string;
  orgId: string;
  role: 'viewer' | 'editor';
}

@Injectable()
export class EmbedGuard implements CanActivate {
  private readonly jwks: ReturnType<typeof createRemoteJWKSet>;

  constructor(private readonly config: AuthConfig) {
    this.jwks = createRemoteJWKSet(new URL(`${config.issuer}.well-known/jwks.json`));
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const req = context.switchToHttp().getRequest<FastifyRequest & { principal?: EmbedPrincipal }>();
    const [scheme, token] = (req.headers.authorization ?? '').split(' ');
    if (scheme !== 'Bearer' || !token) throw new UnauthorizedException();

    req.principal = await this.resolve(token);
    return true;
  }

  private async resolve(token: string): Promise<EmbedPrincipal> {
    const { payload: claims } = await jwtVerify(token, this.jwks, {
      issuer: this.config.issuer,
      audience: this.config.audience,
      algorithms: ['RS256'],
    }).catch(() => {
      throw new UnauthorizedException();
    });
    const orgId = claims['https://acme.app/org'];
    const role = claims['https://acme.app/role'];
    if (!claims.sub || typeof orgId !== 'string' || (role !== 'viewer' && role !== 'editor')) {
      throw new UnauthorizedException();
    }
    return { userId: claims.sub, orgId, role };
  }
}
