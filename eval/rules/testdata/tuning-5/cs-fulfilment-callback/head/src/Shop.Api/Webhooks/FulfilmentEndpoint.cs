using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shop.Application.Fulfilment;

namespace Shop.Api.Webhooks;

public static class FulfilmentEndpoint
{
    private const int MaxBytes = 256 * 1024;

    private sealed record ParcelEvent(string EventId, string OrderNumber, string Status);

    public static void MapFulfilment(this IEndpointRouteBuilder app) =>
        app.MapPost("/webhooks/fulfilment", Handle);

    private static async Task<IResult> Handle(
        HttpRequest request,
        IConfiguration config,
        IParcelInbox inbox,
        ILogger<Program> logger,
        CancellationToken ct)
    {
        if (request.ContentLength is null or > MaxBytes)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, ct);
        var body = buffer.ToArray();

        var secret = config["Fulfilment:WebhookSecret"] ?? throw new InvalidOperationException("secret missing");
        var expected = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        if (request.Headers["X-Fulfilment-Signature"].ToString().ToUpperInvariant() != expected)
        {
            logger.LogWarning("fulfilment signature rejected");
            return Results.Unauthorized();
        }

        ParcelEvent? parcel;
        try
        {
            parcel = JsonSerializer.Deserialize<ParcelEvent>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return Results.BadRequest();
        }
        if (string.IsNullOrEmpty(parcel?.EventId) || string.IsNullOrEmpty(parcel.OrderNumber))
        {
            return Results.UnprocessableEntity();
        }

        await inbox.AddIfAbsentAsync(parcel.EventId, parcel.OrderNumber, parcel.Status, ct);
        return Results.Accepted();
    }
}
