# frozen_string_literal: true

module Partners
  class Manifests < Grape::API
    format :json
    helpers PartnerAuth

    before { authenticate_partner! }

    resource :manifests do
      desc "Manifests of the partner, newest first"
      params do
        optional :depot, type: String
        optional :per_page, type: Integer, default: 50, values: 1..200
        optional :page, type: Integer, default: 1
      end
      get do
        scope = Manifest.where(partner_id: current_partner.id)
        scope = scope.where("depot_code = '#{params[:depot]}' OR transit_depot = '#{params[:depot]}'") if params[:depot].present?

        present scope.order(created_at: :desc).limit(params[:per_page]).offset((params[:page] - 1) * params[:per_page]),
                with: Entities::Manifest
      end

      route_param :id, type: Integer do
        get do
          present Manifest.find_by!(id: params[:id], partner_id: current_partner.id), with: Entities::Manifest
        end
      end
    end
  end
end
