using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Lumaflix.Billing.Chargebee;

internal static class ChargebeeEndpoints
{
    public static void MapChargebee(this IEndpointRouteBuilder app)
    {
        app.MapPost("/hooks/chargebee", async (
            HttpRequest request, ChargebeeEvent body, IOptions<ChargebeeOptions> options,
            IChargebeeEvents events, CancellationToken ct) =>
        {
            if (!HasCredentials(request, options.Value))
            {
                return Results.Unauthorized();
            }
            if (string.IsNullOrEmpty(body.Id))
            {
                return Results.BadRequest();
            }
            await events.EnqueueOnceAsync(body.Id, ct);
            return Results.Accepted();
        });
    }

    private static bool HasCredentials(HttpRequest request, ChargebeeOptions options)
    {
        var expected = "Basic " + Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{options.WebhookUser}:{options.WebhookPassword}"));
        return CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString())),
            SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
    }
}

internal sealed record ChargebeeEvent(string Id);
