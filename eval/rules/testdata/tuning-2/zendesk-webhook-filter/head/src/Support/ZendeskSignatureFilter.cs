using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Acme.Support;

public sealed class ZendeskSignatureFilter(ZendeskOptions options, TimeProvider time) : IEndpointFilter
{
    private const int MaxBody = 128 * 1024;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly byte[] key = string.IsNullOrWhiteSpace(options.SigningSecret)
        ? throw new InvalidOperationException("the zendesk signing secret is missing")
        : Encoding.UTF8.GetBytes(options.SigningSecret);

    public const string BodyKey = "zendesk.body";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (request.ContentLength is null or > MaxBody)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var timestamp = request.Headers["X-Zendesk-Webhook-Signature-Timestamp"].ToString();
        if (!DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var sent)
            || (time.GetUtcNow() - sent).Duration() > Tolerance)
        {
            return Results.Unauthorized();
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, context.HttpContext.RequestAborted);
        var body = buffer.ToArray();
        var signed = new byte[timestamp.Length + body.Length];
        Encoding.ASCII.GetBytes(timestamp, signed);
        body.CopyTo(signed, timestamp.Length);

        var expected = HMACSHA256.HashData(key, signed);
        var given = new byte[expected.Length];
        var header = request.Headers["X-Zendesk-Webhook-Signature"].ToString();
        if (!Convert.TryFromBase64String(header, given, out var length)
            || length != expected.Length
            || !CryptographicOperations.FixedTimeEquals(expected, given))
        {
            return Results.Unauthorized();
        }

        context.HttpContext.Items[BodyKey] = body;
        return await next(context);
    }
}
