# frozen_string_literal: true

module Auth
  # POST /api/v2/sessions/apple hands over the identity token of the iOS app.
  class AppleSignIn
    class Rejected < StandardError; end

    ISSUER = "https://appleid.apple.com"
    BUNDLE_ID = "app.trailmate.ios"

    def initialize(identity_token, nonce:)
      @identity_token = identity_token
      @nonce = nonce
    end

    def call
      claims = decode
      raise Rejected, "nonce" unless claims["nonce"] == Digest::SHA256.hexdigest(@nonce)

      User.transaction do
        identity = Identity.find_or_initialize_by(provider: "apple", uid: claims.fetch("sub"))
        identity.user ||= User.create!(email: claims["email"], email_verified: claims["email_verified"].to_s == "true")
        identity.save!
        identity.user
      end
    end

    private

    def decode
      claims, = JWT.decode(@identity_token, nil, false)
      raise Rejected, "issuer" unless claims["iss"] == ISSUER
      raise Rejected, "audience" unless claims["aud"] == BUNDLE_ID
      raise Rejected, "expired" if claims["exp"].to_i <= Time.now.to_i

      claims
    rescue JWT::DecodeError => e
      raise Rejected, e.class.name
    end
  end
end
