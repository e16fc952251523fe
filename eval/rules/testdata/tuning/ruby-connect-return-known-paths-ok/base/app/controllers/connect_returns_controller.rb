class ConnectReturnsController < ApplicationController
  before_action :authenticate_user!

  def show
    account = Stripe::Account.retrieve(current_user.organisation.stripe_account_id)
    current_user.organisation.update!(
      payouts_enabled: account.payouts_enabled,
      charges_enabled: account.charges_enabled
    )

    target = params[:return_to].presence || settings_payouts_path
    redirect_to target, allow_other_host: true, notice: t(".connected")
  rescue Stripe::StripeError => e
    Rails.logger.warn("connect return failed: #{e.class} request=#{e.request_id}")
    redirect_to settings_payouts_path, alert: t(".unavailable")
  end
end
