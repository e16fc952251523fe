# frozen_string_literal: true

module Sso
  class Client
    class Error < StandardError; end

    Tokens = Struct.new(:id_token, :access_token, keyword_init: true)

    def initialize(config)
      @config = config
      @http = Faraday.new(url: config.issuer, request: { open_timeout: 3, timeout: 10 }) do |f|
        f.request :url_encoded
        f.response :json
      end
    end

    def exchange(code:, redirect_uri:, code_verifier:)
      response = @http.post("/oauth/token", {
        grant_type: "authorization_code", code: code, redirect_uri: redirect_uri, code_verifier: code_verifier,
        client_id: @config.client_id, client_secret: @config.client_secret
      })
      raise Error, "token endpoint answered #{response.status}" unless response.success?

      Tokens.new(id_token: response.body.fetch("id_token"), access_token: response.body.fetch("access_token"))
    end

    def verify_id_token(token, nonce:)
      claims, = JWT.decode(token, nil, true, algorithms: ["RS256"], jwks: Jwks.for(@config.issuer),
                                             iss: @config.issuer, verify_iss: true,
                                             aud: @config.client_id, verify_aud: true)
      raise Error, "nonce does not match" unless claims["nonce"] == nonce

      claims
    end
  end
end
