using System.Net.Http.Json;
using System.Text.Json;
using Shop.Application.Rates;

namespace Shop.Infrastructure.Rates;

internal sealed class OpenExchangeRateSource(HttpClient http) : IRateSource
{
    private sealed record Latest(long Timestamp, string Base, Dictionary<string, decimal> Rates);

    public async Task<RateTable> LatestAsync(IReadOnlyCollection<string> currencies, CancellationToken ct)
    {
        var symbols = Uri.EscapeDataString(string.Join(',', currencies));

        Latest? latest;
        try
        {
            latest = await http.GetFromJsonAsync<Latest>($"latest.json?symbols={symbols}", ct);
        }
        catch (JsonException e)
        {
            throw new RatesUnavailableException("unexpected answer", e);
        }
        catch (HttpRequestException e)
        {
            throw new RatesUnavailableException($"status {e.StatusCode}", e);
        }

        if (latest?.Rates is null || latest.Base != "USD" || latest.Rates.Values.Any(r => r <= 0m))
        {
            throw new RatesUnavailableException("implausible rates");
        }
        var missing = currencies.Where(c => !latest.Rates.ContainsKey(c)).ToList();
        if (missing.Count > 0)
        {
            throw new RatesUnavailableException($"no rate for {string.Join(", ", missing)}");
        }
        return new RateTable(DateTimeOffset.FromUnixTimeSeconds(latest.Timestamp), latest.Rates);
    }
}
