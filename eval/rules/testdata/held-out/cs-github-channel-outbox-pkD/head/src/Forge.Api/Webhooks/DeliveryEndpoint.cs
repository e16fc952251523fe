using System.Security.Cryptography;
using System.Text;
using Forge.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Forge.Api.Webhooks;

public sealed class DeliveryEndpoint(ForgeDb db, IOptions<GithubOptions> options, ILogger<DeliveryEndpoint> logger)
{
    public async Task<IResult> HandleAsync(HttpRequest request, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, ct);
        var body = buffer.ToArray();

        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.Value.WebhookSecret), body);
        if (!TryReadSignature(request.Headers["X-Hub-Signature-256"].ToString(), out var given)
            || !CryptographicOperations.FixedTimeEquals(mac, given))
        {
            return Results.Unauthorized();
        }

        if (!Guid.TryParse(request.Headers["X-GitHub-Delivery"], out var id))
        {
            return Results.BadRequest();
        }

        var inserted = await db.Database.ExecuteSqlAsync(
            $"INSERT INTO deliveries (id, event, body) VALUES ({id}, {request.Headers["X-GitHub-Event"].ToString()}, {body}) ON CONFLICT DO NOTHING",
            ct);
        logger.LogInformation("github delivery {Delivery} {Outcome}", id, inserted == 1 ? "stored" : "known");
        return Results.Accepted();
    }

    private static bool TryReadSignature(string header, out byte[] signature)
    {
        signature = [];
        if (!header.StartsWith("sha256=", StringComparison.Ordinal) || header.Length != 71)
        {
            return false;
        }
        try
        {
            signature = Convert.FromHexString(header.AsSpan(7));
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
