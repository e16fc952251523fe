using System.Net.Http.Json;
using Polly;
using Polly.Retry;

namespace Payouts;

public sealed class WisePayoutClient
{
    private static readonly AsyncRetryPolicy<HttpResponseMessage> Retry = Policy<HttpResponseMessage>
        .Handle<HttpRequestException>()
        .OrResult(r => !r.IsSuccessStatusCode)
        .RetryAsync(6);

    private readonly HttpClient _http;
    private readonly ILogger<WisePayoutClient> _logger;

    // BaseAddress, bearer token and Timeout are set where the typed client is registered.
    public WisePayoutClient(HttpClient http, ILogger<WisePayoutClient> logger)
    {
        _http = http;
        _logger = logger;
    }

    public async Task<long> FundAsync(Payout payout, CancellationToken ct)
    {
        using var response = await Retry.ExecuteAsync(token => _http.PostAsJsonAsync("v1/transfers", new
        {
            targetAccount = payout.RecipientId,
            quoteUuid = payout.QuoteId,
            customerTransactionId = Guid.NewGuid(),
            details = new { reference = payout.Reference },
        }, token), ct);

        if (!response.IsSuccessStatusCode)
        {
            _logger.LogError("Transfer for payout {PayoutId} failed with {Status}", payout.Id, (int)response.StatusCode);
            throw new PayoutFailedException(payout.Id);
        }

        var result = await response.Content.ReadFromJsonAsync<TransferCreated>(ct)
            ?? throw new PayoutFailedException(payout.Id);
        return result.TransferId;
    }

    private sealed record TransferCreated(long TransferId);
}
