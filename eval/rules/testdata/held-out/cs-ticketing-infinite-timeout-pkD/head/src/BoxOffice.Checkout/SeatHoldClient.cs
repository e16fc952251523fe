using System.Net;
using System.Net.Http.Json;

namespace BoxOffice.Checkout;

public sealed class SeatHoldClient
{
    private readonly HttpClient _http;
    private readonly ILogger<SeatHoldClient> _logger;

    public SeatHoldClient(HttpClient http, ILogger<SeatHoldClient> logger)
    {
        _http = http;
        _http.Timeout = Timeout.InfiniteTimeSpan;
        _logger = logger;
    }

    /// <summary>Called from the checkout page.</summary>
    public async Task<SeatHold?> HoldAsync(string eventId, IReadOnlyList<string> seats, Guid cartId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"partners/v1/events/{Uri.EscapeDataString(eventId)}/cart")
        {
            Content = JsonContent.Create(new { seats }),
        };
        request.Headers.Add("Idempotency-Key", cartId.ToString());

        using var response = await _http.SendAsync(request);
        if (response.StatusCode == HttpStatusCode.Conflict)
        {
            _logger.LogInformation("seats of event {Event} are gone for cart {Cart}", eventId, cartId);
            return null;
        }
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<SeatHold>();
    }
}

public sealed record SeatHold(string HoldId, DateTimeOffset ExpiresAt);
