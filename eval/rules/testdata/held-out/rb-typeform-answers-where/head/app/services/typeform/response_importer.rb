# frozen_string_literal: true

module Typeform
  # Imports one response that Webhooks::TypeformController has verified and stored.
  class ResponseImporter
    EMAIL_REF = "contact_email"
    SCORE_REF = "nps_score"

    def initialize(delivery)
      @delivery = delivery
    end

    def call
      email = answer(EMAIL_REF)&.dig("email")
      score = answer(SCORE_REF)&.dig("number")
      return @delivery.skip!("incomplete response") if email.blank? || !score.is_a?(Integer)

      contact = Contact.where("lower(email) = '#{email.downcase}' AND account_id = #{@delivery.account_id}").first
      return @delivery.skip!("unknown contact") unless contact

      NpsScore.create_or_find_by!(response_token: form_response.fetch("token")) do |nps|
        nps.contact = contact
        nps.score = score.clamp(0, 10)
        nps.submitted_at = Time.iso8601(form_response.fetch("submitted_at"))
      end
      @delivery.done!
    end

    private

    def form_response
      @form_response ||= @delivery.payload.fetch("form_response")
    end

    def answer(ref)
      form_response.fetch("answers", []).find { |a| a.dig("field", "ref") == ref }
    end
  end
end
