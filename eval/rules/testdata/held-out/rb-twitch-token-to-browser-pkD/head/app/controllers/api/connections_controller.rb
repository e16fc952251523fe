# frozen_string_literal: true

module Api
  class ConnectionsController < ApplicationController
    before_action :authenticate_user!

    def index
      connections = current_user.connections.order(:provider)
      render json: connections.map { |c| summary(c) }
    end

    def show
      connection = current_user.connections.find(params[:id])
      render json: connection.as_json(include: { channel: { only: %i[name avatar_url] } })
    end

    def destroy
      connection = current_user.connections.find(params[:id])
      Twitch::Revocation.new(connection).call
      connection.destroy!
      head :no_content
    rescue Twitch::Unavailable
      render json: { error: "twitch is not reachable" }, status: :service_unavailable
    end

    private

    def summary(connection)
      { id: connection.id, provider: connection.provider, channel: connection.channel&.name }
    end
  end
end
