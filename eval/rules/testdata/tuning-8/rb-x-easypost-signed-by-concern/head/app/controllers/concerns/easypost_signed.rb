# frozen_string_literal: true

module EasypostSigned
  extend ActiveSupport::Concern

  PREFIX = "hmac-sha256-hex="

  included do
    before_action :require_easypost_signature
  end

  private

  def require_easypost_signature
    secret = Rails.application.credentials.easypost.fetch(:webhook_secret).unicode_normalize(:nfkd)
    digest = PREFIX + OpenSSL::HMAC.hexdigest("SHA256", secret, request.raw_post)
    header = request.headers["X-Hmac-Signature"].to_s
    head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare(digest, header)
  end
end
