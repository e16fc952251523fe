# frozen_string_literal: true

class LabelArchiveAuditJob < ApplicationJob
  queue_as :low

  PREFIX = "labels/"

  def perform(month)
    first = Date.iso8601("#{month}-01")
    known = Label.where(created_at: first.all_month).pluck(:s3_key).to_set
    orphans = 0

    client.list_objects_v2(bucket: bucket, prefix: "#{PREFIX}#{first.strftime("%Y/%m")}/").each do |page|
      page.contents.each do |object|
        next if known.delete?(object.key)

        orphans += 1
        OrphanedObject.create_or_find_by!(key: object.key) { |o| o.size = object.size }
      end
    end

    Rails.logger.info("label archive #{month}: #{orphans} orphans, #{known.size} missing")
    MissingLabelMailer.with(keys: known.to_a, month: month).report.deliver_later if known.any?
  end

  private

  def client
    @client ||= Aws::S3::Client.new(region: ENV.fetch("AWS_REGION"), http_open_timeout: 5, http_read_timeout: 30)
  end

  def bucket
    ENV.fetch("LABEL_BUCKET")
  end
end
