# frozen_string_literal: true

module Inbound
  # Postmark does not sign inbound posts. It calls the URL with the basic-auth pair that we configured there.
  class PostmarkController < ActionController::API
    include ActionController::HttpAuthentication::Basic::ControllerMethods

    http_basic_authenticate_with(
      name: Rails.application.credentials.dig(:postmark, :inbound_user),
      password: Rails.application.credentials.dig(:postmark, :inbound_password)
    )

    def create
      message = InboundMessage.create_or_find_by!(postmark_id: params.require(:MessageID)) do |m|
        m.from_address = params.require(:FromFull).fetch(:Email)
        m.subject = params[:Subject].to_s.truncate(250)
        m.text_body = params[:TextBody].to_s.first(200_000)
        m.mailbox_hash = params[:MailboxHash].to_s
      end
      RouteInboundMessageJob.perform_later(message) unless message.routed?
      head :ok
    end
  end
end
