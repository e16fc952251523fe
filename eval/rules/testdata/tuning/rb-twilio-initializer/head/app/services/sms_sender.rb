# frozen_string_literal: true

class SmsSender
  class Undeliverable < StandardError; end

  PERMANENT = [21_211, 21_610, 21_614].freeze

  def initialize(client: TWILIO, from: Rails.application.config.x.twilio.from)
    @client = client
    @from = from
  end

  def call(to:, body:)
    @client.messages.create(from: @from, to: to, body: body).sid
  rescue Twilio::REST::RestError => e
    raise Undeliverable, "twilio code #{e.code}" if PERMANENT.include?(e.code)

    raise
  end
end
