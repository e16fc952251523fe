# frozen_string_literal: true

module Webhooks
  class EasypostController < ActionController::API
    rescue_from ActiveRecord::RecordNotFound do
      head :no_content
    end

    # POST /webhooks/easypost
    def create
      return head :no_content unless params[:description] == "tracker.updated"

      tracker = params.require(:result).permit(:id, :tracking_code, :status, :est_delivery_date, :updated_at)
      shipment = Shipment.find_by!(easypost_tracker_id: tracker[:id])

      Shipment.transaction do
        shipment.tracking_updates.create!(
          status: tracker[:status],
          reported_at: tracker[:updated_at]
        )
        shipment.update!(
          status: map_status(tracker[:status]),
          expected_on: tracker[:est_delivery_date]
        )
      end

      ShipmentStatusMailJob.perform_later(shipment) if shipment.saved_change_to_status?
      head :ok
    end

    private

    def map_status(status)
      case status
      when "delivered" then :delivered
      when "return_to_sender", "failure", "error" then :problem
      when "available_for_pickup" then :at_pickup_point
      else :in_transit
      end
    end
  end
end
