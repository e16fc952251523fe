# frozen_string_literal: true

Rails.application.configure do
  config.x.rates.url = ENV.fetch("RATES_URL")
end
