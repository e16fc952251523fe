# frozen_string_literal: true

module Webhooks
  class DocusignController < ActionController::API
    before_action :verify_hmac

    def create
      event = JSON.parse(request.raw_post)
      return head :ok unless event["event"] == "envelope-completed"

      contract = Contract.find_by!(envelope_id: event.dig("data", "envelopeId"))
      return head :ok if contract.archived?

      pdf = DocusignClient.new.combined_document(contract.envelope_id)
      stamped = PdfStamper.new(pdf).stamp_all_pages("Signed #{Date.current.iso8601}")
      contract.signed_file.attach(io: stamped, filename: "contract-#{contract.id}.pdf")
      contract.signers.each { |s| ContractMailer.signed_copy(contract, s).deliver_now }
      contract.update!(archived_at: Time.current)
      head :ok
    rescue JSON::ParserError
      head :bad_request
    end

    private

    def verify_hmac
      digest = OpenSSL::HMAC.digest("SHA256", Rails.application.credentials.docusign_hmac_key, request.raw_post)
      sent = request.headers["X-DocuSign-Signature-1"].to_s
      return if ActiveSupport::SecurityUtils.secure_compare(Base64.strict_encode64(digest), sent)

      Rails.logger.warn("docusign signature rejected")
      head :unauthorized
    end
  end
end
