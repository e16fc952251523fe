# frozen_string_literal: true

require "vonage"

fetch = lambda do |name|
  Rails.env.test? ? "test-#{name.downcase}" : ENV.fetch(name)
end

VONAGE = Vonage::Client.new(
  api_key: fetch.call("VONAGE_API_KEY"),
  api_secret: fetch.call("VONAGE_API_SECRET"),
  http: { open_timeout: 3, read_timeout: 10 }
)
