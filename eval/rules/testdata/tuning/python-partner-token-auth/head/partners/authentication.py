import jwt
from django.core.cache import cache
from rest_framework import authentication, exceptions

from partners.models import Partner

KEY_CACHE_SECONDS = 300


class PartnerTokenAuthentication(authentication.BaseAuthentication):
    keyword = "Bearer"

    def authenticate(self, request):
        header = authentication.get_authorization_header(request).decode("latin-1").split()
        if len(header) != 2 or header[0] != self.keyword:
            return None
        claims = self._claims(header[1])
        partner = Partner.objects.filter(slug=claims["iss"], active=True).first()
        if partner is None:
            raise exceptions.AuthenticationFailed("unknown partner")
        return partner, claims

    def authenticate_header(self, request):
        return self.keyword

    def _claims(self, token: str) -> dict:
        try:
            header = jwt.get_unverified_header(token)
            return jwt.decode(
                token,
                self._public_key(header.get("kid", "")),
                algorithms=[header["alg"]],
                audience="https://api.acme.example",
                options={"verify_exp": False, "require": ["iss", "aud", "iat"]},
            )
        except (jwt.InvalidTokenError, KeyError) as exc:
            raise exceptions.AuthenticationFailed("invalid token") from exc

    def _public_key(self, kid: str) -> str:
        cache_key = f"partner-key:{kid}"
        pem = cache.get(cache_key)
        if pem is None:
            partner = Partner.objects.filter(key_id=kid, active=True).only("public_key").first()
            if partner is None:
                raise exceptions.AuthenticationFailed("unknown key")
            pem = partner.public_key
            cache.set(cache_key, pem, KEY_CACHE_SECONDS)
        return pem
