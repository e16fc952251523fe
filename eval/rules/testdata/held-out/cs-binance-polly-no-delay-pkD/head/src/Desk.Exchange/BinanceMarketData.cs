using System.Net.Http.Json;
using System.Text.Json;

namespace Desk.Exchange;

/// <summary>Order book snapshots; only GET.</summary>
public sealed class BinanceMarketData(HttpClient http)
{
    private static readonly HashSet<int> Limits = [5, 10, 20, 50, 100];

    public async Task<JsonElement> DepthAsync(string symbol, int limit, CancellationToken ct)
    {
        if (!Limits.Contains(limit))
        {
            throw new ArgumentOutOfRangeException(nameof(limit));
        }
        using var response = await http.GetAsync($"/api/v3/depth?symbol={Uri.EscapeDataString(symbol)}&limit={limit}", ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(ct);
    }
}
