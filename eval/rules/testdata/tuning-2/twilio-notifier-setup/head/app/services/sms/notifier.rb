# frozen_string_literal: true

require "twilio-ruby"

module Sms
  # Sends short notices. One notice per dedupe key, see the unique index on sms_notices.
  class Notifier
    ACCOUNT_SID = "AC4b7e19f0c2d86a35e1947f08bb26d3c5"
    AUTH_TOKEN = "9d3f5a71c8e24b06a2f7d41e83b95c60"
    SENDER = "+4915735990012"

    TIMEOUT = 8

    class NotSent < StandardError; end

    def initialize(client: default_client)
      @client = client
    end

    def call(key:, to:, text:)
      notice = SmsNotice.create_with(to: to, state: "new").create_or_find_by!(dedupe_key: key)
      notice.with_lock do
        return notice if notice.state == "sent"

        message = @client.messages.create(from: SENDER, to: to, body: text.truncate(320))
        notice.update!(state: "sent", twilio_sid: message.sid)
      end
      notice
    rescue Twilio::REST::RestError => e
      raise NotSent, "twilio refused notice #{key}: code #{e.code}"
    end

    private

    def default_client
      http = Twilio::HTTP::Client.new(timeout: TIMEOUT)
      Twilio::REST::Client.new(ACCOUNT_SID, AUTH_TOKEN, nil, nil, http)
    end
  end
end
