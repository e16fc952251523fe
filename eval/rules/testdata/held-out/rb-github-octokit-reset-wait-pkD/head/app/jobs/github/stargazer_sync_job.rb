# frozen_string_literal: true

module Github
  class StargazerSyncJob
    include Sidekiq::Job

    sidekiq_options queue: "github", retry: 8

    MAX_WAIT = 1.hour

    def perform(repository_id)
      repository = Repository.find(repository_id)
      client = client_for(repository)
      page = repository.stargazer_page || 1

      loop do
        users = client.stargazers(repository.full_name, page: page, per_page: 100)
        store(repository, users)
        break if users.size < 100

        page += 1
        repository.update!(stargazer_page: page)
      end
      repository.update!(stargazer_page: nil, stargazers_synced_at: Time.current)
    rescue Octokit::TooManyRequests
      wait = client.rate_limit!.resets_in.clamp(1, MAX_WAIT.to_i) + rand(5..30)
      logger.info("github limit reached repository=#{repository_id} wait=#{wait}")
      self.class.perform_in(wait, repository_id)
    end

    private

    def store(repository, users)
      rows = users.map { |u| { repository_id: repository.id, github_id: u.id, login: u.login } }
      Stargazer.upsert_all(rows, unique_by: %i[repository_id github_id]) if rows.any?
    end

    def client_for(repository)
      Octokit::Client.new(
        access_token: repository.installation.token,
        connection_options: { request: { open_timeout: 5, timeout: 20 } }
      )
    end
  end
end
