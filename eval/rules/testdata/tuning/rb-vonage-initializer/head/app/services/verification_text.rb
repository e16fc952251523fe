# frozen_string_literal: true

class VerificationText
  class NotAccepted < StandardError; end

  def initialize(client: VONAGE, from: ENV.fetch("SMS_FROM", "Acme"))
    @client = client
    @from = from
  end

  def deliver(phone_number, code)
    response = @client.sms.send(from: @from, to: phone_number.e164, text: I18n.t("verification.text", code: code))
    message = response.messages.first
    return message.message_id if message.status == "0"

    Rails.logger.warn("verification text refused status=#{message.status} to=…#{phone_number.last_digits(2)}")
    raise NotAccepted, "status #{message.status}"
  end
end
