# frozen_string_literal: true

module Webhooks
  class StripeController < ActionController::API
    before_action :load_event

    def create
      case @event.type
      when "checkout.session.completed"
        top_up(@event.data.object)
      end
      head :ok
    end

    private

    def top_up(session)
      wallet = Wallet.find_by!(public_id: session.client_reference_id)
      wallet.with_lock do
        wallet.entries.create!(amount_cents: session.amount_total, kind: "top_up")
        wallet.update!(balance_cents: wallet.balance_cents + session.amount_total)
      end

      pdf = ReceiptPdf.new(wallet: wallet, session: session).render
      url = ReceiptStorage.upload("receipts/#{session.id}.pdf", pdf)
      ReceiptMailer.with(wallet: wallet, url: url).top_up.deliver_now
    end

    def load_event
      @event = Stripe::Webhook.construct_event(
        request.raw_post,
        request.headers["Stripe-Signature"],
        Rails.configuration.x.stripe.webhook_secret
      )
    rescue JSON::ParserError, Stripe::SignatureVerificationError
      head :bad_request
    end
  end
end
