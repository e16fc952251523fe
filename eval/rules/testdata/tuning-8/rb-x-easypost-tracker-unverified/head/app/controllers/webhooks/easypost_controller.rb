# frozen_string_literal: true

module Webhooks
  class EasypostController < ActionController::API
    TRACKER_EVENTS = %w[tracker.created tracker.updated].freeze

    def create
      event = JSON.parse(request.raw_post)
      return head :ok unless TRACKER_EVENTS.include?(event["description"])

      tracker = event.fetch("result")
      shipment = Shipment.find_by(tracking_code: tracker.fetch("tracking_code"))
      if shipment.nil?
        Rails.logger.info("easypost: no shipment for tracker #{tracker['id']}")
        return head :ok
      end

      shipment.with_lock do
        shipment.update!(
          carrier_status: tracker.fetch("status"),
          estimated_delivery_at: parse_time(tracker["est_delivery_date"]),
          delivered_at: delivered_at(tracker)
        )
      end
      head :ok
    rescue JSON::ParserError, KeyError => e
      Rails.logger.warn("easypost: unusable event: #{e.class}")
      head :bad_request
    end

    private

    def delivered_at(tracker)
      detail = Array(tracker["tracking_details"]).reverse.find { |d| d["status"] == "delivered" }
      parse_time(detail && detail["datetime"])
    end

    def parse_time(value)
      Time.iso8601(value) if value.present?
    rescue ArgumentError
      nil
    end
  end
end
