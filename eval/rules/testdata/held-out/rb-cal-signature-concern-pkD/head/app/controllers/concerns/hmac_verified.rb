# frozen_string_literal: true

module HmacVerified
  extend ActiveSupport::Concern

  class_methods do
    def verifies_hmac(header:, secret:)
      before_action do
        key = instance_exec(&secret)
        raise KeyError, "webhook secret is missing" if key.blank?

        expected = OpenSSL::HMAC.hexdigest("SHA256", key, request.raw_post)
        given = request.headers[header].to_s
        head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare(expected, given)
      end
    end
  end
end
