# frozen_string_literal: true

module Checkout
  class ReturnsController < ApplicationController
    before_action :load_payment

    # The bank sends the shopper back here.
    def show
      PaymentRefreshJob.perform_later(@payment.id) unless @payment.final?

      target = params[:return_to].presence || order_path(@payment.order)
      redirect_to target, allow_other_host: true, notice: notice_for(@payment)
    end

    private

    def load_payment
      @payment = current_customer.payments.find_by!(public_id: params[:payment])
    end

    def notice_for(payment)
      payment.final? ? t('.done') : t('.pending')
    end
  end
end
