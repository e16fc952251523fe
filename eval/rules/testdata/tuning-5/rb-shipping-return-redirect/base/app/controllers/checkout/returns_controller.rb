# frozen_string_literal: true

module Checkout
  class ReturnsController < ApplicationController
    before_action :load_payment

    # The bank sends the shopper back here.
    def show
      PaymentRefreshJob.perform_later(@payment.id) unless @payment.final?

      redirect_to order_path(@payment.order)
    end

    private

    def load_payment
      @payment = current_customer.payments.find_by!(public_id: params[:payment])
    end
  end
end
