# frozen_string_literal: true

module Webhooks
  class MuxController < ActionController::API
    include MuxSigned

    def create
      event = JSON.parse(request.raw_post)
      data = event.fetch("data")
      case event.fetch("type")
      when "video.asset.ready"
        Lesson.find_by(mux_asset_id: data.fetch("id"))&.publish_video!(data.fetch("playback_ids"))
      when "video.asset.errored"
        Lesson.find_by(mux_asset_id: data.fetch("id"))&.flag_video_error!
      end
      head :ok
    rescue JSON::ParserError, KeyError
      head :bad_request
    end
  end
end
