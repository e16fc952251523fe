# frozen_string_literal: true

module Webhooks
  class MailgunController < ActionController::API
    before_action :authenticate_mailgun

    def create
      event = params.require(:"event-data").permit(:event, :id, :recipient, :severity)

      case event[:event]
      when "failed"
        suppress(event[:recipient], "bounce") if event[:severity] == "permanent"
      when "complained"
        suppress(event[:recipient], "complaint")
      when "unsubscribed"
        suppress(event[:recipient], "unsubscribe")
      end

      head :ok
    end

    private

    def suppress(email, reason)
      return if email.blank?

      Suppression.create_or_find_by!(email: email.downcase) { |s| s.reason = reason }
    end

    def authenticate_mailgun
      return if genuine?

      Rails.logger.warn("mailgun signature rejected ip=#{request.remote_ip}")
      head :not_acceptable
    end

    def genuine?
      signature = params.require(:signature).permit(:timestamp, :token, :signature)
      expected = OpenSSL::HMAC.hexdigest(
        "SHA256",
        Rails.application.credentials.dig(:mailgun, :signing_key),
        "#{signature[:timestamp]}#{signature[:token]}"
      )
      ActiveSupport::SecurityUtils.secure_compare(expected, signature[:signature].to_s)
    end
  end
end
