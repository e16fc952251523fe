# frozen_string_literal: true

module PaystackSigned
  extend ActiveSupport::Concern

  included do
    prepend_before_action :require_paystack_signature
  end

  private

  def require_paystack_signature
    secret = Rails.application.credentials.paystack!.fetch(:secret_key)
    expected = OpenSSL::HMAC.hexdigest("SHA512", secret, request.raw_post)
    given = request.headers["x-paystack-signature"].to_s
    head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare(expected, given)
  end
end
