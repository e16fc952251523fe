class ConnectReturnsController < ApplicationController
  DESTINATIONS = {
    "payouts" => :settings_payouts_path,
    "invoices" => :invoices_path,
    "setup" => :setup_path
  }.freeze

  before_action :authenticate_user!

  def show
    account = Stripe::Account.retrieve(current_user.organisation.stripe_account_id)
    current_user.organisation.update!(
      payouts_enabled: account.payouts_enabled,
      charges_enabled: account.charges_enabled
    )

    unless account.details_submitted
      link = Stripe::AccountLink.create(
        account: account.id,
        type: "account_onboarding",
        refresh_url: connect_return_url,
        return_url: connect_return_url
      )
      return redirect_to link.url, allow_other_host: true
    end
    redirect_to public_send(DESTINATIONS.fetch(params[:return_to], :settings_payouts_path)), notice: t(".connected")
  rescue Stripe::StripeError => e
    Rails.logger.warn("connect return failed: #{e.class} request=#{e.request_id}")
    redirect_to settings_payouts_path, alert: t(".unavailable")
  end
end
