using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.Options;

namespace Pricing.Api.Rates;

public sealed class RatesClient(HttpClient http, IOptions<RatesOptions> options)
{
    private sealed record Answer(long Timestamp, string Base, Dictionary<string, decimal> Rates);

    public async Task<RateTable> LatestAsync(CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "latest.json?prettyprint=false");
        request.Headers.Authorization = new AuthenticationHeaderValue("Token", options.Value.AppId);

        using var response = await http.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<Answer>(ct)
            ?? throw new InvalidDataException("empty rate table");
        return new RateTable(answer.Base, DateTimeOffset.FromUnixTimeSeconds(answer.Timestamp), answer.Rates);
    }
}
