using System.Net;
using System.Net.Http.Json;

namespace Telephony.Presence;

public sealed class PresenceReader
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private readonly HttpClient _graph;
    private readonly TimeProvider _time;

    public PresenceReader(HttpClient graph, TimeProvider time)
    {
        _graph = graph;
        _graph.Timeout = TimeSpan.FromSeconds(20);
        _time = time;
    }

    public async Task<Presence> ReadAsync(string userId, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var response = await _graph.GetAsync($"v1.0/users/{Uri.EscapeDataString(userId)}/presence", ct);
            var busy = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
            if (busy && attempt < MaxAttempts)
            {
                await Task.Delay(WaitFor(response, attempt), _time, ct);
                continue;
            }
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<Presence>(ct)
                ?? throw new InvalidDataException($"no presence for {userId}");
        }
    }

    private TimeSpan WaitFor(HttpResponseMessage response, int attempt)
    {
        var retryAfter = response.Headers.RetryAfter;
        var wait = retryAfter?.Delta
            ?? (retryAfter?.Date - _time.GetUtcNow())
            ?? TimeSpan.FromSeconds(Math.Pow(2, attempt) + Random.Shared.NextDouble());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;
    }
}
