# frozen_string_literal: true

require "twilio-ruby"

Rails.application.config.x.twilio.account_sid = ENV.fetch("TWILIO_ACCOUNT_SID", "ACx7c1e9d02b4a5f68e3c0d917ab2f44e86")
Rails.application.config.x.twilio.auth_token = ENV.fetch("TWILIO_AUTH_TOKEN", "5d0f3b8a91c24e7796a1be3f0c82d47e")
Rails.application.config.x.twilio.from = ENV.fetch("TWILIO_FROM")

http = Twilio::HTTP::Client.new(timeout: 10)

TWILIO = Twilio::REST::Client.new(
  Rails.application.config.x.twilio.account_sid,
  Rails.application.config.x.twilio.auth_token,
  nil,
  nil,
  http
)
