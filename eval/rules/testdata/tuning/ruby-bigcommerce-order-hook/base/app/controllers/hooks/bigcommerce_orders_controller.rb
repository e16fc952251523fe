# frozen_string_literal: true

module Hooks
  # BigCommerce sends the custom headers that were given when the hook was created.
  class BigcommerceOrdersController < ActionController::API
    before_action :authorize_hook

    ORDER_SCOPES = %w[
      store/order/created
      store/order/updated
      store/order/statusUpdated
    ].freeze

    def create
      return head :no_content unless ORDER_SCOPES.include?(params.require(:scope))

      order_id = Integer(params.require(:data).require(:id))
      # the job reads the order from the API and upserts it
      RefreshOrderJob.perform_later(order_id)
      head :accepted
    rescue ArgumentError, ActionController::ParameterMissing
      head :unprocessable_entity
    end

    private

    def authorize_hook
      expected = Rails.application.credentials.bigcommerce.fetch(:hook_key)
      given = request.headers["X-Acme-Hook-Key"].to_s
      head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare(given, expected)
    end
  end
end
