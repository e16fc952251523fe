# frozen_string_literal: true

module Shipstation
  def self.client
    @client ||= Faraday.new('https://ssapi.shipstation.com', request: { open_timeout: 2, timeout: 20 }) do |f|
      f.request :authorization, :basic, ENV.fetch('SHIPSTATION_KEY'), ENV.fetch('SHIPSTATION_SECRET')
      f.request :retry, max: 4, interval: 1, backoff_factor: 2, retry_statuses: [429, 502, 503]
      f.response :raise_error
      f.response :json
    end
  end
end
