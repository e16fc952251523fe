using System.Text.Json;
using Contracts.Api.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Contracts.Api.Webhooks;

public sealed record ConnectEvent(string Event, DateTimeOffset GeneratedDateTime, ConnectData Data);

public sealed record ConnectData(Guid AccountId, Guid EnvelopeId);

public static class DocuSignConnectEndpoint
{
    private static readonly HashSet<string> Handled = new(StringComparer.Ordinal)
    {
        "envelope-completed", "envelope-declined", "envelope-voided",
    };

    public static void MapDocuSignConnect(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/docusign", ReceiveAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<Results<NoContent, BadRequest, NotFound>> ReceiveAsync(
        ConnectEvent notification,
        EnvelopeStore envelopes,
        ILogger<EnvelopeStore> logger,
        CancellationToken ct)
    {
        if (notification.Data.EnvelopeId == Guid.Empty)
        {
            return TypedResults.BadRequest();
        }
        if (!Handled.Contains(notification.Event))
        {
            logger.LogDebug("Ignored {Event}", notification.Event);
            return TypedResults.NoContent();
        }

        // Sets the status if the notification is newer than the stored one; repeats change nothing.
        var found = await envelopes.SetStatusAsync(
            notification.Data.EnvelopeId, notification.Event, notification.GeneratedDateTime, ct);
        if (!found)
        {
            return TypedResults.NotFound();
        }
        logger.LogInformation("Envelope {EnvelopeId}: {Event}", notification.Data.EnvelopeId, notification.Event);
        return TypedResults.NoContent();
    }
}
