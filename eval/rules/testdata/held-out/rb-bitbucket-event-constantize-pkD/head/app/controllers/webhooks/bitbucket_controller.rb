# frozen_string_literal: true

module Webhooks
  class BitbucketController < ActionController::API
    before_action :authenticate

    def create
      name = request.headers["X-Event-Key"].to_s.tr(":", "_")
      handler = params[:handler].presence || "Bitbucket::#{name.camelize}Handler"
      handler.constantize.new(@connection).call(params.require(:repository).permit!.to_h)
      head :accepted
    rescue NameError
      head :no_content
    end

    private

    def authenticate
      @connection = BitbucketConnection.find_by(public_id: params[:connection_id])
      return head(:not_found) if @connection.nil?

      digest = OpenSSL::HMAC.hexdigest("SHA256", @connection.webhook_secret, request.raw_post)
      given = request.headers["X-Hub-Signature"].to_s
      head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare("sha256=#{digest}", given)
    end
  end
end
