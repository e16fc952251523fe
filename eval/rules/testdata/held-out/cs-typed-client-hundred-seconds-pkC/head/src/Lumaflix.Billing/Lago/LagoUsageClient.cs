using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Lumaflix.Billing.Lago;

/// <summary>Used by UsageFlushJob, every quarter of an hour.</summary>
public sealed class LagoUsageClient
{
    private readonly HttpClient _http;

    public LagoUsageClient(HttpClient http, LagoOptions options)
    {
        _http = http;
        _http.BaseAddress = new Uri("https://api.getlago.com/api/v1/");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
    }

    public async Task SendAsync(IReadOnlyList<UsageEvent> events, CancellationToken ct)
    {
        foreach (var chunk in events.Chunk(100))
        {
            var payload = new
            {
                events = chunk.Select(e => new
                {
                    transaction_id = e.Id,
                    external_subscription_id = e.SubscriptionId,
                    code = e.Metric,
                    timestamp = e.OccurredAt.ToUnixTimeSeconds(),
                    properties = new { quantity = e.Quantity },
                }),
            };
            using var response = await _http.PostAsJsonAsync("events/batch", payload, ct);
            if (response.StatusCode == HttpStatusCode.UnprocessableEntity)
            {
                throw new LagoRejectedException(chunk.Select(e => e.Id), await response.Content.ReadAsStringAsync(ct));
            }
            response.EnsureSuccessStatusCode();
        }
    }
}
