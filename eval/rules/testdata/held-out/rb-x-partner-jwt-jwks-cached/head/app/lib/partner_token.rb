# frozen_string_literal: true

class PartnerToken
  class Invalid < StandardError; end

  ISSUER = "https://acme-partners.eu.auth0.com/"
  AUDIENCE = "https://api.acme-freight.com"

  class << self
    def verify(raw)
      claims, = JWT.decode(raw, nil, true, {
        algorithms: ["RS256"],
        jwks: method(:keys),
        iss: ISSUER,
        verify_iss: true,
        aud: AUDIENCE,
        verify_aud: true,
        required_claims: %w[exp sub],
        leeway: 20
      })
      claims
    rescue JWT::DecodeError => e
      raise Invalid, e.class.name
    end

    private

    # The gem asks again with kid_not_found when the issuer rotated its keys.
    def keys(options)
      Rails.cache.delete(cache_key) if options[:kid_not_found] && refresh_allowed?
      Rails.cache.fetch(cache_key, expires_in: 12.hours) { download }
    end

    def refresh_allowed?
      Rails.cache.write("#{cache_key}/refresh", true, unless_exist: true, expires_in: 5.minutes)
    end

    def download
      response = Faraday.get("#{ISSUER}.well-known/jwks.json") { |req| req.options.timeout = 5 }
      raise Invalid, "key set: status #{response.status}" unless response.success?

      JSON.parse(response.body, symbolize_names: true)
    rescue Faraday::Error, JSON::ParserError => e
      raise Invalid, "key set: #{e.class}"
    end

    def cache_key
      "partner-token/jwks/v1"
    end
  end
end
