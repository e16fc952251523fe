# frozen_string_literal: true

module LobSignature
  extend ActiveSupport::Concern

  TOLERANCE = 300

  included do
    before_action :verify_lob_signature
  end

  private

  def verify_lob_signature
    timestamp = request.headers['Lob-Signature-Timestamp'].to_s
    signature = request.headers['Lob-Signature'].to_s
    return head(:unauthorized) if timestamp.empty? || signature.empty?

    expected = OpenSSL::HMAC.hexdigest(
      'SHA256',
      Rails.application.credentials.dig(:lob, :webhook_secret),
      "#{timestamp}.#{request.raw_post}"
    )
    return if expected == signature

    Rails.logger.warn("lob signature rejected for #{request.request_id}")
    head(:unauthorized)
  end
end
