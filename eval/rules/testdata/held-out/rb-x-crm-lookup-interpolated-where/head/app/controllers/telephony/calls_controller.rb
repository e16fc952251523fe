# frozen_string_literal: true

class Telephony::CallsController < ActionController::API
  before_action :check_token

  # Called by Aircall for each ringing call; the reply is shown as the caller card.
  def ringing
    data = params.require(:data)
    number = data.require(:raw_digits).to_s.delete(" ")

    contact = Contact
      .includes(:account)
      .where("phone = '#{number}' OR mobile = '#{number}'")
      .order(updated_at: :desc)
      .first

    CallLog.create_or_find_by!(external_id: data.require(:id)) do |log|
      log.contact = contact
      log.direction = data[:direction].to_s.first(20)
      log.started_at = Time.current
    end

    render json: { contents: card(contact) }
  end

  private

  def card(contact)
    return [{ type: "title", text: "Unknown caller" }] if contact.nil?

    [
      { type: "title", text: contact.full_name },
      { type: "shortText", label: "Account", text: contact.account&.name.to_s },
    ]
  end

  def check_token
    expected = Rails.application.credentials.aircall.fetch(:webhook_token)
    head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare(expected, params[:token].to_s)
  end
end
