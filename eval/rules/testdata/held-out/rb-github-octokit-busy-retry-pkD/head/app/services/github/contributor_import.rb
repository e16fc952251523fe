# frozen_string_literal: true

module Github
  class ContributorImport
    def initialize(installation)
      @installation = installation
      @client = Octokit::Client.new(
        access_token: installation.token,
        auto_paginate: true,
        connection_options: { request: { timeout: 20, open_timeout: 5 } }
      )
    end

    def call
      @installation.repositories.find_each do |repository|
        import(repository)
      end
    end

    private

    def import(repository)
      contributors = @client.contributors(repository.full_name)
      rows = contributors.map do |c|
        { repository_id: repository.id, github_id: c.id, login: c.login, commits: c.contributions }
      end
      Contributor.upsert_all(rows, unique_by: %i[repository_id github_id]) if rows.any?
    rescue Octokit::TooManyRequests, Octokit::AbuseDetected
      Rails.logger.info("github limit reached at #{repository.full_name}, retrying")
      retry
    rescue Octokit::NotFound
      repository.update!(unavailable_at: Time.current)
    end
  end
end
