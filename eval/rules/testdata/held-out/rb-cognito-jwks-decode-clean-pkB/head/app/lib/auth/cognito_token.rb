# frozen_string_literal: true

module Auth
  class CognitoToken
    Invalid = Class.new(StandardError)

    def initialize(pool: ENV.fetch("COGNITO_POOL_ID"), region: ENV.fetch("AWS_REGION"), client_id: ENV.fetch("COGNITO_CLIENT_ID"))
      @issuer = "https://cognito-idp.#{region}.amazonaws.com/#{pool}"
      @client_id = client_id
    end

    def verify(token)
      claims, = JWT.decode(token, nil, true,
                           algorithms: ["RS256"],
                           jwks: method(:jwks).to_proc,
                           iss: @issuer,
                           verify_iss: true,
                           required_claims: %w[exp sub client_id token_use])
      raise Invalid, "not an access token" unless claims["token_use"] == "access"
      raise Invalid, "token of another client" unless claims["client_id"] == @client_id

      claims
    rescue JWT::DecodeError => e
      raise Invalid, e.message
    end

    private

    def jwks(options)
      key = "cognito-jwks/#{@issuer}"
      Rails.cache.delete(key) if options[:kid_not_found] && refresh_allowed?
      Rails.cache.fetch(key, expires_in: 6.hours) do
        response = Faraday.get("#{@issuer}/.well-known/jwks.json") { |r| r.options.timeout = 5 }
        raise Invalid, "jwks answered #{response.status}" unless response.success?

        JSON.parse(response.body)
      end
    rescue Faraday::Error => e
      raise Invalid, "jwks not reachable: #{e.class}"
    end

    def refresh_allowed?
      Rails.cache.write("cognito-jwks-refresh", true, expires_in: 5.minutes, unless_exist: true)
    end
  end
end
