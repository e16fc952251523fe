using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BuildBoard.Deliveries;
using Microsoft.Extensions.Options;

namespace BuildBoard.Webhooks;

public static class GitLabWebhook
{
    private const long MaxBody = 2 * 1024 * 1024;

    public static void MapGitLabWebhook(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/gitlab", ReceiveAsync)
            .AllowAnonymous()
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxBody));

    private static async Task<IResult> ReceiveAsync(
        HttpRequest request, IOptions<GitLabOptions> options, IDeliveryInbox inbox, CancellationToken ct)
    {
        if (!HasToken(request, options.Value.WebhookToken))
        {
            return Results.Unauthorized();
        }
        if (!Guid.TryParse(request.Headers["Idempotency-Key"], out var eventId))
        {
            return Results.BadRequest();
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: ct);
            await inbox.AddAsync(eventId, request.Headers["X-Gitlab-Event"].ToString(), body.RootElement.GetRawText(), ct);
            return Results.Accepted();
        }
        catch (JsonException)
        {
            return Results.UnprocessableEntity();
        }
    }

    private static bool HasToken(HttpRequest request, string token) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(token)),
            SHA256.HashData(Encoding.UTF8.GetBytes(request.Headers["X-Gitlab-Token"].ToString())));
}
