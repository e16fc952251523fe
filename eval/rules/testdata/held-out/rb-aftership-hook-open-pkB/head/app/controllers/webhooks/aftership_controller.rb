# frozen_string_literal: true

module Webhooks
  class AftershipController < ActionController::API
    rescue_from ActionController::ParameterMissing do |e|
      render json: { error: e.message }, status: :bad_request
    end

    def create
      msg = params.require(:msg).permit(:id, :tracking_number, :slug, :tag, :updated_at)
      shipment = Shipment.find_by(carrier: msg[:slug], tracking_number: msg[:tracking_number])
      return head :ok if shipment.nil?

      status = Shipment::AFTERSHIP_TAGS[msg[:tag]]
      if status.nil?
        Rails.logger.info("aftership tag #{msg[:tag].inspect} not mapped")
        return head :ok
      end

      event_at = Time.iso8601(msg[:updated_at].to_s)
      shipment.with_lock do
        if shipment.status_at.nil? || shipment.status_at < event_at
          shipment.update!(status: status, status_at: event_at)
        end
      end
      head :ok
    rescue ArgumentError
      head :unprocessable_entity
    end
  end
end
