using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.OutputCaching;

namespace Web.Webhooks;

public static class StoryblokEndpoint
{
    private sealed record StoryEvent(string? Action, string? FullSlug);

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void MapStoryblok(this WebApplication app)
    {
        var secret = Encoding.UTF8.GetBytes(app.Configuration["Storyblok:WebhookSecret"]
            ?? throw new InvalidOperationException("Storyblok:WebhookSecret missing"));

        app.MapPost("/webhooks/storyblok", async (HttpRequest request, IOutputCacheStore cache, ILoggerFactory logs, CancellationToken ct) =>
        {
            var logger = logs.CreateLogger("Storyblok");
            using var buffer = new MemoryStream();
            await request.Body.CopyToAsync(buffer, ct);
            var body = buffer.ToArray();

            // Storyblok signs with HMAC-SHA1
            var expected = Convert.ToHexString(HMACSHA1.HashData(secret, body)).ToLowerInvariant();
            var given = request.Headers["webhook-signature"].ToString();
            if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(given)))
            {
                logger.LogWarning("Signature rejected");
                return Results.Unauthorized();
            }

            var story = JsonSerializer.Deserialize<StoryEvent>(body, Json);
            if (story is { Action: "published" or "unpublished" or "deleted", FullSlug.Length: > 0 })
            {
                await cache.EvictByTagAsync($"story:{story.FullSlug}", ct);
                logger.LogInformation("Evicted {Slug}", story.FullSlug);
            }
            return Results.NoContent();
        }).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(256 * 1024));
    }
}
