# frozen_string_literal: true

module GithubSigned
  extend ActiveSupport::Concern

  included do
    before_action :require_github_signature
  end

  private

  def require_github_signature
    secret = Rails.application.credentials.github_webhook_secret!
    expected = "sha256=#{OpenSSL::HMAC.hexdigest('SHA256', secret, request.raw_post)}"
    given = request.headers["X-Hub-Signature-256"].to_s
    return if ActiveSupport::SecurityUtils.secure_compare(expected, given)

    Rails.logger.warn("github signature rejected ip=#{request.remote_ip}")
    head :unauthorized
  end
end
