# frozen_string_literal: true

module Webhooks
  class MuxController < ActionController::API
    TOLERANCE = 5.minutes

    before_action :verify_signature

    def create
      data = params.require(:data)

      if params[:type] == "video.live_stream.idle"
        stream = LiveStream.find_by!(mux_id: data[:id])
        stream.account.increment!(:billable_minutes, (data[:recent_duration].to_f / 60).ceil)
        stream.update!(state: "idle")
      elsif params[:type] == "video.live_stream.active"
        LiveStream.find_by!(mux_id: data[:id]).update!(state: "live")
      end

      head :ok
    rescue ActiveRecord::RecordNotFound
      head :not_found
    end

    private

    def verify_signature
      parts = request.headers["Mux-Signature"].to_s.split(",").filter_map { |p| p.split("=", 2) if p.include?("=") }.to_h
      timestamp = parts["t"].to_i
      return head(:unauthorized) if (Time.current.to_i - timestamp).abs > TOLERANCE

      expected = OpenSSL::HMAC.hexdigest("SHA256", ENV.fetch("MUX_WEBHOOK_SECRET"), "#{parts['t']}.#{request.raw_post}")
      head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare(expected, parts["v1"].to_s)
    end
  end
end
