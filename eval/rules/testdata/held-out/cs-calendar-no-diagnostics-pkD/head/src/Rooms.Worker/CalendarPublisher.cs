using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Rooms.Worker;

public sealed record Booking(Guid Id, string CalendarId, string Title, DateTimeOffset Start, DateTimeOffset End);

public sealed class CalendarPublishException(string message, Exception? inner = null) : Exception(message, inner);

public sealed class CalendarPublisher(HttpClient http, IGoogleTokens tokens, ILogger<CalendarPublisher> logger)
{
    public async Task PublishAsync(Booking booking, CancellationToken ct)
    {
        // The event id is ours, so that a repetition meets a 409.
        var body = new
        {
            id = booking.Id.ToString("N"),
            summary = booking.Title,
            start = new { dateTime = booking.Start.ToString("o") },
            end = new { dateTime = booking.End.ToString("o") },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post,
            $"https://www.googleapis.com/calendar/v3/calendars/{Uri.EscapeDataString(booking.CalendarId)}/events")
        {
            Content = JsonContent.Create(body),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.CurrentAsync(ct));

        using var response = await http.SendAsync(request, ct);
        if (response.IsSuccessStatusCode || response.StatusCode == System.Net.HttpStatusCode.Conflict)
        {
            return;
        }
        logger.LogError("calendar publish failed");
        throw new CalendarPublishException("calendar publish failed");
    }
}
