using System.Net.Http.Json;
using Microsoft.Extensions.Options;

namespace Treasury.Ledger;

public sealed record Balance(string Account, decimal Amount, string Currency, DateTimeOffset AsOf);

public sealed class LedgerClient
{
    private readonly HttpClient _http;
    private readonly ILogger<LedgerClient> _logger;

    public LedgerClient(HttpClient http, IOptions<LedgerOptions> options, ILogger<LedgerClient> logger)
    {
        _http = http;
        _logger = logger;
        _http.BaseAddress = options.Value.BaseAddress;
        _http.Timeout = Timeout.InfiniteTimeSpan;
        _http.DefaultRequestHeaders.Add("X-Api-Key", options.Value.ApiKey);
    }

    public async Task<Balance> GetBalanceAsync(string account)
    {
        var path = $"v1/accounts/{Uri.EscapeDataString(account)}/balance";
        while (true)
        {
            try
            {
                var balance = await _http.GetFromJsonAsync<Balance>(path);
                return balance ?? throw new LedgerFormatException(account);
            }
            catch (HttpRequestException ex)
            {
                _logger.LogWarning("Balance of {Account} not available: {Status}", account, ex.StatusCode);
            }
        }
    }
}

public sealed class LedgerFormatException(string account) : Exception($"empty balance for {account}");
