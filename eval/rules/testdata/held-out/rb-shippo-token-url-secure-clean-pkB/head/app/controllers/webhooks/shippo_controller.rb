# frozen_string_literal: true

module Webhooks
  class ShippoController < ActionController::API
    before_action :check_token

    def create
      return head :ok unless params[:event] == "track_updated"

      data = params.require(:data)
      number = data.require(:tracking_number).to_s
      carrier = data.require(:carrier).to_s
      # The body is only a hint: the job reads the state from the API.
      RefreshTrackingJob.perform_later(carrier, number) if Shipment.exists?(carrier: carrier, tracking_number: number)
      head :ok
    rescue ActionController::ParameterMissing
      head :bad_request
    end

    private

    def check_token
      expected = Rails.application.credentials.shippo.fetch(:hook_token)
      head :not_found unless ActiveSupport::SecurityUtils.secure_compare(expected, params[:token].to_s)
    end
  end
end
