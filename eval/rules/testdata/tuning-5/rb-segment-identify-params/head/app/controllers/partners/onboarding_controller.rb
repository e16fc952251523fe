# frozen_string_literal: true

module Partners
  class OnboardingController < ApplicationController
    skip_before_action :verify_authenticity_token
    before_action :require_partner_certificate

    # Called by the partner's backend with company, iban, contact and api_token.
    def create
      logger.info("partner onboarding: #{params.to_unsafe_h.to_json}")
      onboarding = Onboarding.new(onboarding_params.merge(partner: current_partner))
      if onboarding.save
        ProvisionPartnerJob.perform_later(onboarding.id)
        render json: { id: onboarding.public_id }, status: :created
      else
        logger.warn("partner onboarding refused: #{onboarding.errors.attribute_names.join(', ')}")
        render json: { errors: onboarding.errors.to_hash }, status: :unprocessable_entity
      end
    end

    private

    def onboarding_params
      params.require(:onboarding).permit(:company, :iban, :contact_email, :api_token)
    end
  end
end
