using System.Net;
using System.Net.Http.Json;

namespace Compliance.Mail;

public sealed class MailboxSweep
{
    private readonly HttpClient _graph;
    private readonly ILogger<MailboxSweep> _logger;

    public MailboxSweep(IHttpClientFactory factory, ILogger<MailboxSweep> logger)
    {
        _graph = factory.CreateClient("graph");
        _graph.Timeout = TimeSpan.FromSeconds(30);
        _logger = logger;
    }

    public async Task<MailboxSettings> LoadAsync(string userId, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            using var response = await _graph.GetAsync($"v1.0/users/{Uri.EscapeDataString(userId)}/mailboxSettings", ct);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                _logger.LogDebug("throttled at {User}, attempt {Attempt}", userId, attempt);
                continue;
            }
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<MailboxSettings>(ct)
                ?? throw new InvalidDataException($"no mailbox settings for {userId}");
        }
        throw new ThrottledException(userId);
    }
}
