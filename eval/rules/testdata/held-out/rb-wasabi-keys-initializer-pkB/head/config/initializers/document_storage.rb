# frozen_string_literal: true

require "aws-sdk-s3"

# Customs documents are kept in Wasabi, the bucket has a lifecycle of ten years.
DOCUMENT_STORAGE = Aws::S3::Client.new(
  endpoint: "https://s3.eu-central-1.wasabisys.com",
  region: "eu-central-1",
  access_key_id: "R7QK2M9XW4ZT1LBDP0VH",
  secret_access_key: "t8VbN4kLqXz1YwG6sRj3MfCe0HpUa9DoTi5KxQ2W",
  http_open_timeout: 5,
  http_read_timeout: 30,
  retry_mode: "standard",
  max_attempts: 3
)

Rails.application.config.x.documents.bucket =
  Rails.env.production? ? "acme-customs-documents" : "acme-customs-documents-staging"
