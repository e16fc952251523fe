# frozen_string_literal: true

module Api
  class PartnerShipmentsController < ActionController::API
    include PartnerAuthentication

    before_action :authenticate_partner!

    rescue_from ActiveRecord::RecordNotFound do
      render json: { error: "unknown shipment" }, status: :not_found
    end

    # PATCH /api/partner_shipments/:id - the haulier reports weight, dimensions and remarks.
    def update
      shipment = current_partner.shipments.find(params[:id])

      if shipment.update(params.require(:shipment).permit!)
        render json: ShipmentSerializer.new(shipment)
      else
        render json: { errors: shipment.errors.full_messages }, status: :unprocessable_entity
      end
    end
  end
end
