using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Forge.Api.Webhooks;

public static class GithubEndpoint
{
    private const int MaxBody = 1024 * 1024;

    public static void MapGithubWebhook(this WebApplication app)
    {
        var secret = Encoding.UTF8.GetBytes(app.Configuration["GitHub:WebhookSecret"]
            ?? throw new InvalidOperationException("GitHub:WebhookSecret missing"));

        app.MapPost("/webhooks/github", async (HttpRequest request, IServiceScopeFactory scopes, ILogger<ReviewService> logger) =>
        {
            if (request.ContentLength is null or > MaxBody)
            {
                return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
            }
            using var buffer = new MemoryStream();
            await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
            var body = buffer.ToArray();

            var expected = "sha256=" + Convert.ToHexString(HMACSHA256.HashData(secret, body)).ToLowerInvariant();
            if (!CryptographicOperations.FixedTimeEquals(
                    Encoding.ASCII.GetBytes(expected),
                    Encoding.ASCII.GetBytes(request.Headers["X-Hub-Signature-256"].ToString())))
            {
                return Results.Unauthorized();
            }

            var delivery = request.Headers["X-GitHub-Delivery"].ToString();
            var payload = JsonSerializer.Deserialize<PullRequestPayload>(body);
            _ = Task.Run(async () =>
            {
                await using var scope = scopes.CreateAsyncScope();
                var reviews = scope.ServiceProvider.GetRequiredService<ReviewService>();
                await reviews.HandleOnceAsync(delivery, payload!);
            });
            logger.LogInformation("github delivery {Delivery} accepted", delivery);
            return Results.Accepted();
        });
    }
}
