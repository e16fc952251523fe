# frozen_string_literal: true

module MuxSigned
  extend ActiveSupport::Concern

  TOLERANCE = 300

  included do
    before_action :verify_mux_signature
  end

  private

  def verify_mux_signature
    header = request.headers["Mux-Signature"]
    return if header.blank?

    time, digest = header.to_s.match(/\At=(\d+),v1=(\h{64})\z/)&.captures
    return head(:unauthorized) if time.nil? || (Time.now.to_i - time.to_i).abs > TOLERANCE

    secret = Rails.application.credentials.mux_webhook_secret || raise("mux_webhook_secret missing")
    expected = OpenSSL::HMAC.hexdigest("SHA256", secret, "#{time}.#{request.raw_post}")
    head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare(expected, digest)
  end
end
