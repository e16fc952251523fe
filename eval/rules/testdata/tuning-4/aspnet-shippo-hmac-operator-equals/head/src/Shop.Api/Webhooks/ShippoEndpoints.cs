using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Shop.Api.Inbox;

namespace Shop.Api.Webhooks;

public static class ShippoEndpoints
{
    private const int MaxBody = 256 * 1024;

    public static void MapShippo(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/shippo", ReceiveAsync).AllowAnonymous();

    private static async Task<IResult> ReceiveAsync(
        HttpRequest request,
        IOptions<ShippoOptions> options,
        IInbox inbox,
        ILoggerFactory loggers,
        CancellationToken ct)
    {
        var logger = loggers.CreateLogger("Shippo");
        if (request.ContentLength is null or > MaxBody)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, ct);
        var body = buffer.ToArray();
        if (!IsSigned(body, request.Headers["X-Shippo-Signature"].ToString(), options.Value.WebhookSecret))
        {
            logger.LogWarning("shippo signature mismatch from {Ip}", request.HttpContext.Connection.RemoteIpAddress);
            return Results.Unauthorized();
        }

        TrackingEvent? tracking;
        try
        {
            tracking = JsonSerializer.Deserialize<TrackingEvent>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException e)
        {
            logger.LogWarning(e, "shippo body is no tracking event");
            return Results.UnprocessableEntity();
        }
        if (tracking is not { EventId.Length: > 0, TrackingNumber.Length: > 0 })
        {
            return Results.UnprocessableEntity();
        }

        var isNew = await inbox.AddOnceAsync("shippo", tracking.EventId, body, ct);
        logger.LogInformation("shippo event {EventId} stored, new: {IsNew}", tracking.EventId, isNew);
        return Results.Accepted();
    }

    private static bool IsSigned(byte[] body, string signature, string secret)
    {
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body);
        return Convert.ToHexString(hash).ToLowerInvariant() == signature;
    }

    private sealed record TrackingEvent(string EventId, string TrackingNumber, string Status);
}
