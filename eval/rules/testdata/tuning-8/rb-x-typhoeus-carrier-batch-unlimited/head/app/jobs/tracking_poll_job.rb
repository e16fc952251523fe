# frozen_string_literal: true

class TrackingPollJob < ApplicationJob
  queue_as :tracking

  ENDPOINT = "https://api.aftership.com/tracking/2024-07/trackings"
  PER_RUN = 50
  CONCURRENCY = 5

  def perform
    hydra = Typhoeus::Hydra.new(max_concurrency: CONCURRENCY)
    Shipment.in_transit.where.not(aftership_id: nil).order(:polled_at).limit(PER_RUN).each do |shipment|
      hydra.queue(request_for(shipment))
    end
    hydra.run
  end

  private

  def request_for(shipment)
    request = Typhoeus::Request.new(
      "#{ENDPOINT}/#{shipment.aftership_id}",
      headers: { "as-api-key" => api_key, "Accept" => "application/json" }
    )
    request.on_complete do |response|
      if response.success?
        apply(shipment, response.body)
      else
        logger.warn("aftership #{shipment.aftership_id}: #{response.code} #{response.return_code}")
        shipment.touch(:polled_at)
      end
    end
    request
  end

  def apply(shipment, body)
    data = JSON.parse(body).fetch("data")
    shipment.update!(carrier_status: data.fetch("tag"), polled_at: Time.current)
  rescue JSON::ParserError, KeyError => e
    logger.error("aftership #{shipment.aftership_id}: unreadable answer (#{e.class})")
  end

  def api_key
    Rails.application.credentials.dig(:aftership, :api_key) || raise("aftership api key missing")
  end
end
