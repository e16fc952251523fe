module Webhooks
  class BaseController < ActionController::API
    class_attribute :signature_header_name, instance_writer: false

    before_action :verify_signature!

    def self.signature_header(name)
      self.signature_header_name = name
    end

    private

    def raw_payload
      @raw_payload ||= request.raw_post
    end

    def verify_signature!
      secret = signing_secret
      raise KeyError, "signing secret is not configured" if secret.blank?

      expected = "sha1=#{OpenSSL::HMAC.hexdigest('SHA1', secret, raw_payload)}"
      given = request.headers[signature_header_name].to_s
      head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare(expected, given)
    end
  end
end
