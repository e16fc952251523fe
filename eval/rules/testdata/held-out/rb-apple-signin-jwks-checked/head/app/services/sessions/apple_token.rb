# frozen_string_literal: true

module Sessions
  class AppleToken
    class Invalid < StandardError; end

    ISSUER = "https://appleid.apple.com"
    KEYS_URL = "#{ISSUER}/auth/keys"

    def initialize(audience:, cache: Rails.cache)
      @audience = audience
      @cache = cache
    end

    def verify(token, nonce:)
      claims, = JWT.decode(
        token, nil, true,
        algorithms: ["RS256"],
        jwks: method(:keys),
        iss: ISSUER, verify_iss: true,
        aud: @audience, verify_aud: true,
        required_claims: %w[exp sub nonce]
      )
      raise Invalid, "nonce" unless claims["nonce"] == Digest::SHA256.hexdigest(nonce)

      claims
    rescue JWT::DecodeError => e
      raise Invalid, e.class.name
    end

    private

    # jwt asks again with kid_not_found when Apple has rotated its keys.
    def keys(options)
      @cache.delete("apple/keys") if options[:kid_not_found] && @cache.write("apple/keys/reload", 1, unless_exist: true, expires_in: 5.minutes)
      @cache.fetch("apple/keys", expires_in: 12.hours) do
        response = Faraday.get(KEYS_URL) { |r| r.options.timeout = 5 }
        raise Invalid, "keys not available" unless response.status == 200

        JSON.parse(response.body, symbolize_names: true)
      end
    end
  end
end
